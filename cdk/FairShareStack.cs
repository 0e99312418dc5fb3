using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Exchange;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Log;
using FairShare.Cdk.Constructs.Parties;
using FairShare.Cdk.Constructs.Releases;
using FairShare.Cdk.Constructs.Service;
using FairShare.Cdk.Constructs.Timestamps;
using FairShare.Cdk.Constructs.Vault;
using FairShare.Cdk.Constructs.Webhooks;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk;

/// <summary>What the stack is made of.</summary>
public sealed class FairShareStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    public required ProjectSources Sources { get; init; }
}

/// <summary>The whole application; composition only.</summary>
public sealed class FairShareStack : Stack
{
    public FairShareStack(Construct scope, string id, FairShareStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var stage = props.Stage;
        var identity = new Identity(this, "Identity", stage);
        var evidence = new EvidenceTable(this, "Evidence", stage);
        var documents = new DocumentBucket(this, "Documents", stage);
        var vault = new VaultStore(this, "Vault", stage);
        var keys = new SigningKeys(this, "Keys", stage);
        var log = new EvidenceLog(this, "Log", stage);
        var timestamps = new TimestampKey(this, "Timestamps", stage);
        var protocolQueue = new ProtocolQueue(this, "Protocol");
        var delivery = new Delivery(this, "Delivery", protocolQueue);
        var webhooks = new WebhookService(this, "Webhooks", stage, delivery);
        var functions = new FunctionFactory(
            this,
            new FunctionFactoryProps(stage, props.Sources.FunctionsDirectory, Amazon.CDK.Aws.ACCOUNT_ID)
        );
        var recorder = functions.Create("RecordSealKey");
        keys.RecordedBy(recorder, evidence);
        keys.RecordSuccessionsOf(log, timestamps);
        var releases = new ReleasedFunctions(this, "Releases", stage);
        var workflow = new ExchangeWorkflow(
            this,
            "Exchange",
            new ExchangeWorkflowProps(stage, props.Sources.ExchangeDefinition, evidence, keys, delivery, functions, releases)
        );
        var parts = new ServiceParts(
            identity,
            evidence,
            documents,
            keys,
            workflow,
            delivery,
            protocolQueue,
            vault,
            log,
            timestamps,
            webhooks
        );
        var api = new Api(this, "Api", new ApiProps(stage, parts, functions, releases));
        var endings = new Endings(this, "Endings", delivery);
        endings.HandledBy(functions, evidence, documents, workflow);
        vault.ErasedBy(functions);
        webhooks.HandledBy(functions);
        var sequencer = log.SequencedBy(functions, evidence);
        var certifier = timestamps.CertifiedBy(functions, evidence);
        var access = new Access(this, "Access", parts);
        protocolQueue.HandledBy(ProtocolSteps.Create(functions, parts, api, [access.Uploader, access.Downloader]));
        evidence.Protect(
            new Dictionary<string, IReadOnlyList<IRole>>
            {
                [Partitions.Party] = [api.FunctionOf("RegisterKey").Role!, api.FunctionOf("RetireKey").Role!],
                [Partitions.KeyOwner] = [api.FunctionOf("RegisterKey").Role!],
                [Partitions.Deposit] = [api.FunctionOf("SubmitOrigin").Role!, api.FunctionOf("AbortDocument").Role!],
                [Partitions.Exchange] = [workflow.StateMachine.Role],
                [Partitions.Store] = [recorder.Role!, sequencer.Role!, api.FunctionOf("StampTime").Role!, certifier.Role!],
                [Partitions.Stamp] = [api.FunctionOf("SubmitOrigin").Role!, api.FunctionOf("SubmitReceipt").Role!],
                [Partitions.Log] = [sequencer.Role!],
                [Partitions.LogHead] = [sequencer.Role!],
            }
        );
        _ = new Outputs(this, new OutputsProps(parts, api, access, endings, sequencer, certifier));
    }
}
