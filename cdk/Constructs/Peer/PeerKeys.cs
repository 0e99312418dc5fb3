using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>A peer's two keys: the seal, which signs what the peer says, and the one under which its secret numbers lie.</summary>
public sealed class PeerKeys : Construct
{
    public PeerKeys(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Seal = new Key(
            this,
            "Seal",
            new KeyProps
            {
                Description = "Signs receipts and records of dispersed backups",
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsage.SIGN_VERIFY,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        Wrapping = new Key(
            this,
            "Wrapping",
            new KeyProps
            {
                Description = "Wraps key shares of dispersed backups",
                EnableKeyRotation = true,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
    }

    public Key Seal { get; }

    public Key Wrapping { get; }

    /// <summary>Lets a function know the seal's key.</summary>
    public void GrantKnowSeal(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_PEER_SEAL", Seal.KeyArn);
        Seal.Grant(function, "kms:GetPublicKey");
    }

    /// <summary>Lets a function sign for the peer.</summary>
    public void GrantSeal(Function function)
    {
        GrantKnowSeal(function);
        Seal.Grant(function, "kms:Sign");
    }

    /// <summary>Lets a function wrap secret numbers.</summary>
    public void GrantWrap(Function function) => GrantUse(function, "kms:Encrypt");

    /// <summary>Lets a function unwrap secret numbers.</summary>
    public void GrantUnwrap(Function function) => GrantUse(function, "kms:Decrypt");

    private void GrantUse(Function function, string action)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_PEER_WRAPPING_KEY", Wrapping.KeyArn);
        Wrapping.Grant(function, action);
    }
}
