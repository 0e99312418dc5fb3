using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Timestamps;

/// <summary>The key of the time-stamping authority, which signs stamps and its own certificate, and nothing else.</summary>
public sealed class TimestampKey : Construct
{
    public TimestampKey(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Key = new Key(
            this,
            stage.StampKey.Of("Key"),
            new KeyProps
            {
                Description = "Signs time stamps",
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsage.SIGN_VERIFY,
                Alias = stage.StampKey.Of($"fairshare/{stage.Name}/timestamps"),
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
    }

    public Key Key { get; }

    /// <summary>Lets a function give stamps.</summary>
    public void GrantStamp(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_TIMESTAMP_KEY", Key.KeyArn);
        Key.Grant(function, "kms:Sign", "kms:GetPublicKey");
    }

    /// <summary>Makes the function by which the operator has the key certified.</summary>
    public Function CertifiedBy(FunctionFactory functions, EvidenceTable evidence)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(evidence);
        var function = functions.Create("CertifyStamps");
        GrantStamp(function);
        evidence.Grant(function, Partitions.Store, "PutItem");
        return function;
    }

    /// <summary>Lets a function know the key.</summary>
    public void GrantKnow(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_TIMESTAMP_KEY", Key.KeyArn);
        Key.Grant(function, "kms:GetPublicKey");
    }
}
