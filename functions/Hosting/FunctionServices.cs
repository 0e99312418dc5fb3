using System.Text.Json;
using FairShare.Aws.Events;
using FairShare.Aws.Exchange;
using FairShare.Aws.Log;
using FairShare.Aws.Parties;
using FairShare.Aws.Signing;
using FairShare.Aws.Table;
using FairShare.Aws.Usage;
using FairShare.Aws.Vault;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that handlers are made of; each is made when it is first asked for, from the settings that it needs.</summary>
internal sealed class FunctionServices
{
    private readonly Lazy<ItemTable> table;
    private readonly Lazy<Seal> seal;
    private readonly Lazy<DocumentBucket> bucket;
    private readonly Lazy<ExchangeWorkflow> workflow;
    private readonly Lazy<HeldKeys> heldKeys;
    private readonly Lazy<PartyMessages> messages;
    private readonly Lazy<FunctionCalls> calls;
    private readonly Lazy<StoreKeys> storeKeys;
    private readonly Lazy<KmsKey> stampKey;
    private readonly Lazy<ItemTable> vaultTable;
    private readonly Lazy<VaultBucket> vaultBucket;
    private readonly Lazy<CallersAddress> callersAddress;
    private readonly Lazy<LogBucket> logBucket;
    private readonly Lazy<LogSigner> logSigner;
    private readonly AwsClients clients;
    private readonly Lazy<PeerParts> peer;
    private readonly Lazy<StandingParts> standing;
    private readonly Lazy<WebhookParts> webhooks;
    private readonly Lazy<NoticeParts> notices;
    private readonly Lazy<AuditParts> audit;
    private readonly Lazy<CanaryConnections> canary;

    public FunctionServices(FunctionSettings settings, FunctionDependencies dependencies)
    {
        clients = new AwsClients(settings, dependencies);
        Settings = settings;
        Time = dependencies.Time;
        Randomness = dependencies.Randomness;
        Metrics = new ServiceMetrics(() => settings.Stage, Time, dependencies.MetricLines);
        table = new(() => new ItemTable(clients.DynamoDb(), settings.EvidenceTable, new ConflictRetry(Time, Randomness)));
        seal = new(() => new Seal(clients.Kms(), settings.SealKey, Store, RecordSealKeyAsync, Time));
        bucket = new(() => new DocumentBucket(clients.S3(), clients.Presigner(settings.DocumentBucket), settings.DocumentBucket));
        workflow = new(() => new ExchangeWorkflow(clients.StepFunctions(), settings.ExchangeStateMachine));
        heldKeys = new(() => new HeldKeys(clients.Kms(), settings.HeldKeyTag.Name, settings.HeldKeyTag.Value));
        messages = new(() => new PartyMessages(clients.EventBridge(), settings.EventBus));
        callersAddress = new(() => new CallersAddress(clients.Plain(), settings.IdentityUrl));
        storeKeys = new(() => new StoreKeys(table.Value, Store));
        stampKey = new(() => KeyOf(settings.TimestampKey));
        logBucket = new(() => new LogBucket(clients.S3(), settings.LogBucket, settings.LogRetention, Time));
        logSigner = new(() => LogSignerOf(settings.LogKey));
        calls = new(() => new FunctionCalls(clients.Lambda()));
        vaultTable = new(() => new ItemTable(clients.DynamoDb(), settings.VaultTable, new ConflictRetry(Time, Randomness)));
        peer = new(() => new PeerParts(clients, settings, Time, Randomness));
        canary = new(() => new CanaryConnections(clients, settings, Time, Randomness));
        audit = new(() => new AuditParts(clients, settings, Time));
        standing = new(() => new StandingParts(clients, settings, Time, Randomness));
        notices = new(() => new NoticeParts(clients, settings, Time, Randomness));
        webhooks = new(() => new WebhookParts(clients, settings, Time, Randomness));
        vaultBucket = new(() => new VaultBucket(clients.S3(), clients.Presigner(settings.VaultBucket), settings.VaultBucket, Time));
    }

    public FunctionSettings Settings { get; }

    public TimeProvider Time { get; }

    public IRandomness Randomness { get; }

    /// <summary>The service's metrics.</summary>
    public ServiceMetrics Metrics { get; }

    /// <summary>The store's distinguishing identifier.</summary>
    public PartyId Store => PartyId.Parse(Settings.TrustedThirdParty);

    public DocumentRepository Documents => new(table.Value);

    public ExchangeRepository Exchanges => new(table.Value);

    public TokenStamps TokenStamps => new(table.Value);

    public PartyKeyRepository Keys => new(table.Value);

    public UsageRepository Usage => new(table.Value);

    public HeldKeyRegistrations HeldKeyRegistrations => new(table.Value);

    public SenderRepository Senders => new(table.Value);

    public LookupRepository Lookups => new(table.Value);

    public CallersAddress CallersAddress => callersAddress.Value;

    public Seal Seal => seal.Value;

    public StoreKeys StoreKeys => storeKeys.Value;

    public StoreSuccessions Successions => new(table.Value);

    /// <summary>A key pair of the store's in KMS, by its ARN.</summary>
    public KmsKey KeyOf(string cmkId) => new(clients.Kms(), cmkId);

    /// <summary>A key of the log's in KMS, by its ARN.</summary>
    public LogSigner LogSignerOf(string cmkId) => new(clients.Kms(), cmkId, Store.ToString());

    public KmsKey StampKey => stampKey.Value;

    public StampCertificates StampCertificates => new(table.Value);

    public LogKeys LogKeys => new(table.Value);

    public LogSigner LogSigner => logSigner.Value;

    public LogReader LogReader => new(new PublishedLog(logBucket.Value), new LogLeaves(table.Value));

    public SequencerSteps SequencerSteps =>
        new(new LogHeads(table.Value), new LogLeaves(table.Value), LogKeys, logBucket.Value, LogSigner, Time);

    public FunctionCalls Calls => calls.Value;

    public DocumentBucket Bucket => bucket.Value;

    public ExchangeWorkflow Workflow => workflow.Value;

    public HeldKeys HeldKeys => heldKeys.Value;

    public PartyMessages Messages => messages.Value;

    public PartyEvidence PartyEvidence => new(Keys, Time);

    public VaultRepository Vault => new(vaultTable.Value);

    public VaultOpens VaultOpens => new(vaultTable.Value);

    public VaultErasures VaultErasures => new(vaultTable.Value);

    public VaultBucket VaultBucket => vaultBucket.Value;

    /// <summary>The parts of the auditor.</summary>
    public AuditParts Audit => audit.Value;

    /// <summary>What the canary works with.</summary>
    public CanaryConnections Canary => canary.Value;

    /// <summary>The parts of a peer of dispersed backups.</summary>
    public PeerParts Peer => peer.Value;

    /// <summary>The parts of a coordinator of standing work.</summary>
    public StandingParts Standing => standing.Value;

    /// <summary>The parts of webhooks.</summary>
    public NoticeParts Notices => notices.Value;

    public WebhookParts Webhooks => webhooks.Value;

    public BoundedWait Wait => new(Time);

    private Task<ReadOnlyMemory<byte>> RecordSealKeyAsync(PublicKey key, CancellationToken cancellationToken) =>
        Calls.InvokeAsync(
            Settings.SealKeyRecorder,
            JsonSerializer.SerializeToUtf8Bytes(new SealKeyRecording(key.Thumbprint.ToString()), SealKeyJson.Default.SealKeyRecording),
            cancellationToken
        );
}
