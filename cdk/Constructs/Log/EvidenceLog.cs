using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Log;

/// <summary>The transparency log: its bucket, its key, and the function that enters what the evidence table's stream brings.</summary>
public sealed class EvidenceLog : Construct
{
    private const int SequenceSeconds = 120;
    private const int WindowSeconds = 60;
    private const int BatchSize = 1000;
    private readonly DeploymentStage stage;

    public EvidenceLog(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
        Objects = new LogBucket(this, "Objects", stage);
        Key = new Key(
            this,
            stage.LogKey.Of("Key"),
            new KeyProps
            {
                Description = "Signs the log's checkpoints",
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsage.SIGN_VERIFY,
                Alias = stage.LogKey.Of($"fairshare/{stage.Name}/log"),
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        // The library does not know the name yet.
        ((CfnKey)Key.Node.DefaultChild!).KeySpec = "ECC_NIST_EDWARDS25519";
    }

    public LogBucket Objects { get; }

    public Key Key { get; }

    /// <summary>Lets a function know the log's key.</summary>
    public void GrantKnowKey(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_LOG_KEY", Key.KeyArn);
        Key.Grant(function, "kms:GetPublicKey");
    }

    /// <summary>Makes the function that the evidence table's stream invokes.</summary>
    public Function SequencedBy(FunctionFactory functions, EvidenceTable evidence)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(evidence);
        var function = functions.Create("SequenceLog", Duration.Seconds(SequenceSeconds));
        function.AddEnvironment("FAIRSHARE_LOG_RETENTION", stage.LogLock.ToString());
        GrantKnowKey(function);
        Key.Grant(function, "kms:Sign");
        evidence.Grant(function, Partitions.LogHead, "GetItem", "UpdateItem");
        evidence.Grant(function, Partitions.Log, "BatchGetItem", "PutItem");
        evidence.Grant(function, Partitions.Store, "PutItem");
        Objects.GrantWrite(function);
        evidence.HandTo(function, BatchSize, WindowSeconds);
        return function;
    }
}
