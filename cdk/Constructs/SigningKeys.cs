using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace FairShare.Cdk.Constructs;

/// <summary>The seal of the trusted document store, and leave to hold keys for parties who ask for it.</summary>
public sealed class SigningKeys : Construct
{
    private const string HeldKeyTag = "fairshare:held-for-stage";
    private readonly DeploymentStage stage;

    public SigningKeys(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
        Seal = new Key(this, "Seal", new KeyProps
        {
            Description = "Seals receipts of deposit, challenges, releases, aborts and expiries",
            KeySpec = KeySpec.ECC_NIST_P256,
            KeyUsage = KeyUsage.SIGN_VERIFY,
            Alias = $"fairshare/{stage.Name}/seal",
            RemovalPolicy = stage.EvidenceRemovalPolicy,
        });
    }

    public Key Seal { get; }

    /// <summary>Lets a function read the seal's public key.</summary>
    public void GrantReadSeal(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_SEAL_KEY", Seal.KeyArn);
        Seal.Grant(function, "kms:GetPublicKey");
    }

    /// <summary>Lets a function seal evidence.</summary>
    public void GrantSeal(Function function)
    {
        GrantReadSeal(function);
        Seal.Grant(function, "kms:Sign");
    }

    /// <summary>Lets a function make keys for parties; each carries the tag that the other grants ask for.</summary>
    public void GrantCreateHeldKeys(Function function)
    {
        AddTagTo(function);
        var condition = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { [$"aws:RequestTag/{HeldKeyTag}"] = stage.Name } };
        function.AddToRolePolicy(Statement(["kms:CreateKey", "kms:TagResource"], "*", condition));
        AllowOnHeldKeys(function, "kms:GetPublicKey");
    }

    /// <summary>Lets a function sign with keys that were made for parties.</summary>
    public void GrantSignWithHeldKeys(Function function)
    {
        AddTagTo(function);
        AllowOnHeldKeys(function, "kms:Sign");
    }

    private void AllowOnHeldKeys(Function function, string action)
    {
        var anyKey = Stack.Of(this).FormatArn(new ArnComponents { Service = "kms", Resource = "key", ResourceName = "*" });
        var condition = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { [$"aws:ResourceTag/{HeldKeyTag}"] = stage.Name } };
        function.AddToRolePolicy(Statement([action], anyKey, condition));
    }

    private void AddTagTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_HELD_KEY_TAG", $"{HeldKeyTag}={stage.Name}");
    }

    private static PolicyStatement Statement(string[] actions, string resource, Dictionary<string, object> conditions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [resource], Conditions = conditions });
}
