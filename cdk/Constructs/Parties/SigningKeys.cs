using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Log;
using FairShare.Cdk.Constructs.Timestamps;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Parties;

/// <summary>The seal of the trusted document store, and leave to hold keys for parties who ask for it.</summary>
public sealed class SigningKeys : Construct
{
    private const string HeldKeyTag = "fairshare:held-for-stage";
    private const string SealTag = "fairshare:seals-for-stage";
    private readonly DeploymentStage stage;
    private Function? recorder;

    public SigningKeys(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
        Seal = new Key(
            this,
            stage.Seal.Of("Seal"),
            new KeyProps
            {
                Description = "Seals receipts of deposit, challenges, releases, aborts and expiries",
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsage.SIGN_VERIFY,
                Alias = stage.Seal.Of($"fairshare/{stage.Name}/seal"),
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        Tags.Of(Seal).Add(SealTag, stage.Name);
    }

    public Key Seal { get; }

    /// <summary>Whether the stage holds keys for parties.</summary>
    public bool HoldsKeys => stage.HoldsKeys;

    /// <summary>Has a function record the seal's key among the store's, before anything is sealed with it.</summary>
    public void RecordedBy(Function function, EvidenceTable evidence)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(evidence);
        recorder = function;
        AllowReadOfSeal(function);
        evidence.Grant(function, Partitions.Store, "GetItem", "PutItem");
        if (stage.Seal.Previous is { } former)
        {
            AllowFormer(function, "FAIRSHARE_PREVIOUS_SEAL_KEY", former, ["kms:GetPublicKey", "kms:Sign"]);
        }
    }

    /// <summary>
    /// Has the function that records the seal's key state which keys follow which: those of the log and of the stamps, where the stage
    /// names
    /// former ones.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="timestamps">The key that stamps.</param>
    public void RecordSuccessionsOf(EvidenceLog log, TimestampKey timestamps)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(timestamps);
        var function = recorder ?? throw new InvalidOperationException("Nobody records the seal's key.");
        if (stage.LogKey.Previous is { } formerLog)
        {
            log.GrantKnowKey(function);
            AllowFormer(function, "FAIRSHARE_PREVIOUS_LOG_KEY", formerLog, ["kms:GetPublicKey"]);
        }

        if (stage.StampKey.Previous is { } formerStamps)
        {
            timestamps.GrantKnow(function);
            AllowFormer(function, "FAIRSHARE_PREVIOUS_TIMESTAMP_KEY", formerStamps, ["kms:GetPublicKey"]);
        }

        if (new[] { stage.Seal, stage.LogKey, stage.StampKey }.Any(key => key.Previous is not null))
        {
            Seal.Grant(function, "kms:Sign");
        }
    }

    private static void AllowFormer(Function function, string variable, string key, string[] actions)
    {
        function.AddEnvironment(variable, key);
        AllowFormer(function, key, actions);
    }

    private static void AllowFormer(Function function, string key, string[] actions) =>
        function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [key] }));

    /// <summary>Lets a function know the seal's key, and see to it that it is recorded.</summary>
    public void GrantKnowSeal(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        AllowReadOfSeal(function);
        var recording = recorder ?? throw new InvalidOperationException("Nobody records the seal's key.");
        function.AddEnvironment("FAIRSHARE_SEAL_KEY_RECORDER", recording.FunctionArn);
        FunctionFactory.AllowInvoke(function, recording);
    }

    /// <summary>
    /// Lets a function seal evidence; with the former key too, since a release goes step by step and the version before it, which knows
    /// that key alone, serves calls until the last step.
    /// </summary>
    public void GrantSeal(Function function)
    {
        GrantKnowSeal(function);
        Seal.Grant(function, "kms:Sign");
        if (stage.Seal.Previous is { } former)
        {
            AllowFormer(function, former, ["kms:GetPublicKey", "kms:Sign"]);
        }
    }

    /// <summary>
    /// Lets a function make keys for parties, where the stage holds any; each carries the tags that the other grants ask for.
    /// </summary>
    public void GrantCreateHeldKeys(Function function)
    {
        if (!Describe(function))
        {
            return;
        }

        var asked = new Dictionary<string, object> { [$"aws:RequestTag/{HeldKeyTag}"] = stage.Name };
        function.AddToRolePolicy(Statement(["kms:CreateKey"], "*", new() { ["StringEquals"] = asked }));
        // To make a key with tags is to tag one; the seal's, whichever it is or was, is not among them.
        var noSeal = new Dictionary<string, object> { [$"aws:ResourceTag/{SealTag}"] = "true" };
        function.AddToRolePolicy(Statement(["kms:TagResource"], AnyKey, new() { ["StringEquals"] = asked, ["Null"] = noSeal }));
        AllowOnHeldKeys(function, "kms:GetPublicKey");
    }

    /// <summary>Lets a function sign with keys that were made for parties, where the stage holds any.</summary>
    public void GrantSignWithHeldKeys(Function function)
    {
        if (Describe(function))
        {
            AllowOnHeldKeys(function, "kms:Sign");
        }
    }

    /// <summary>Lets a function have KMS delete keys that were made for parties; also where the stage makes no more of them.</summary>
    public void GrantDeleteHeldKeys(Function function)
    {
        Describe(function);
        AllowOnHeldKeys(function, "kms:ScheduleKeyDeletion");
    }

    private string AnyKey =>
        Stack
            .Of(this)
            .FormatArn(
                new ArnComponents
                {
                    Service = "kms",
                    Resource = "key",
                    ResourceName = "*",
                }
            );

    private void AllowReadOfSeal(Function function)
    {
        function.AddEnvironment("FAIRSHARE_SEAL_KEY", Seal.KeyArn);
        Seal.Grant(function, "kms:GetPublicKey");
    }

    private void AllowOnHeldKeys(Function function, string action)
    {
        var tagged = new Dictionary<string, object> { [$"aws:ResourceTag/{HeldKeyTag}"] = stage.Name };
        function.AddToRolePolicy(Statement([action], AnyKey, new() { ["StringEquals"] = tagged }));
    }

    private bool Describe(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_HELD_KEY_TAG", $"{HeldKeyTag}={stage.Name}");
        function.AddEnvironment("FAIRSHARE_HELD_KEYS", stage.HoldsKeys ? "on" : "off");
        return stage.HoldsKeys;
    }

    private static PolicyStatement Statement(string[] actions, string resource, Dictionary<string, object> conditions) =>
        new(
            new PolicyStatementProps
            {
                Actions = actions,
                Resources = [resource],
                Conditions = conditions,
            }
        );
}
