using System.Globalization;
using FairShare.Aws.Log;

namespace FairShare.Functions.Hosting;

/// <summary>The settings of one function, from the environment that the template gives it.</summary>
/// <param name="environment">Variables by name.</param>
internal sealed class FunctionSettings(IReadOnlyDictionary<string, string> environment)
{
    public string Region => Require("AWS_REGION");

    /// <summary>The endpoint of all services instead of AWS's own: the embedded host's, or an emulator's.</summary>
    public string? EndpointUrl => Optional("AWS_ENDPOINT_URL");

    /// <summary>Where the user pool's API answers.</summary>
    public string IdentityUrl => EndpointUrl ?? $"https://cognito-idp.{Region}.amazonaws.com";

    public string? AccessKeyId => Optional("AWS_ACCESS_KEY_ID");

    public string? SecretAccessKey => Optional("AWS_SECRET_ACCESS_KEY");

    public string? SessionToken => Optional("AWS_SESSION_TOKEN");

    /// <summary>
    /// How often a call of a service is tried, 1 to 10; 3 by default. DynamoDB's own default of 11 would outlast the function.
    /// </summary>
    public int MaxAttempts =>
        Optional("AWS_MAX_ATTEMPTS") is not { } text ? 3
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) && attempts is >= 1 and <= 10 ? attempts
        : throw new InvalidOperationException("AWS_MAX_ATTEMPTS must be a whole number from 1 to 10.");

    public string TrustedThirdParty => Require("FAIRSHARE_TTP");

    public string EvidenceTable => Require("FAIRSHARE_EVIDENCE_TABLE");

    public string DocumentBucket => Require("FAIRSHARE_DOCUMENT_BUCKET");

    public string VaultTable => Require("FAIRSHARE_VAULT_TABLE");

    public string VaultBucket => Require("FAIRSHARE_VAULT_BUCKET");

    public string SealKey => Require("FAIRSHARE_SEAL_KEY");

    public string TimestampKey => Require("FAIRSHARE_TIMESTAMP_KEY");

    /// <summary>The seal that the present one follows; null, by default, for none. Only who records the store's keys is told.</summary>
    public string? PreviousSealKey => Optional("FAIRSHARE_PREVIOUS_SEAL_KEY");

    /// <summary>The same of the log's key.</summary>
    public string? PreviousLogKey => Optional("FAIRSHARE_PREVIOUS_LOG_KEY");

    /// <summary>The same of the key that stamps.</summary>
    public string? PreviousTimestampKey => Optional("FAIRSHARE_PREVIOUS_TIMESTAMP_KEY");

    public string LogBucket => Require("FAIRSHARE_LOG_BUCKET");

    public string LogKey => Require("FAIRSHARE_LOG_KEY");

    /// <summary>How what is complete in the log is locked; only who writes the log is told it.</summary>
    public LogRetention LogRetention =>
        Optional("FAIRSHARE_LOG_RETENTION") is not { } text ? new LogRetention("GOVERNANCE", 1)
        : text.Split('=') is [var mode and ("COMPLIANCE" or "GOVERNANCE"), var days]
        && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 0
            ? new LogRetention(mode, count)
        : throw new InvalidOperationException("FAIRSHARE_LOG_RETENTION must be COMPLIANCE=days or GOVERNANCE=days.");

    public string EventBus => Require("FAIRSHARE_EVENT_BUS");

    public string UserPoolId => Require("FAIRSHARE_USER_POOL_ID");

    public string UserPoolClientId => Require("FAIRSHARE_USER_POOL_CLIENT_ID");

    /// <summary>The state machine; functions that only end waits are not told it.</summary>
    public string ExchangeStateMachine => Optional("FAIRSHARE_EXCHANGE_STATE_MACHINE") ?? "";

    /// <summary>The tag of keys that are held for parties.</summary>
    public (string Name, string Value) HeldKeyTag =>
        Require("FAIRSHARE_HELD_KEY_TAG").Split('=') is [var name, var value]
            ? (name, value)
            : throw new InvalidOperationException("FAIRSHARE_HELD_KEY_TAG must be name=value.");

    /// <summary>The function that records the seal's key; only who seals, or describes the service, is told it.</summary>
    public string SealKeyRecorder => Require("FAIRSHARE_SEAL_KEY_RECORDER");

    /// <summary>The function that runs a step of the protocol; only the queue's handler is told them.</summary>
    /// <param name="handler">The handler's name.</param>
    public string StepFunction(string handler) => Require($"FAIRSHARE_STEP_{handler.ToUpperInvariant()}");

    /// <summary>
    /// The unique ids of the roles whose trust policies say what their sessions are called; only the queue's handler is told them.
    /// </summary>
    public IReadOnlyCollection<string> NamedSenderRoles => Require("FAIRSHARE_NAMED_SENDER_ROLES").Split(',');

    /// <summary>Whether this deployment holds keys for parties who ask for it: on or off; off by default.</summary>
    public bool HoldsKeys => Optional("FAIRSHARE_HELD_KEYS") == "on";

    /// <summary>Whether the vault stores items without an account: on or off; off by default.</summary>
    public bool HasAnonymousVault => Optional("FAIRSHARE_ANONYMOUS_VAULT") == "on";

    /// <summary>Where the auditor puts its reports; only the auditor is told it, and what follows.</summary>
    public string ReportBucket => Require("FAIRSHARE_REPORT_BUCKET");

    /// <summary>The stage, by which metrics are told apart.</summary>
    public string Stage => Require("FAIRSHARE_STAGE");

    /// <summary>The thumbprints of the store's keys that the auditor believes.</summary>
    public IReadOnlySet<string> AuditedStoreKeys => ListOf("FAIRSHARE_AUDITED_STORE_KEYS").ToHashSet();

    /// <summary>The verifier key of the log that the auditor believes.</summary>
    public string AuditedLogKey => Require("FAIRSHARE_AUDITED_LOG_KEY");

    /// <summary>How many leaves that are new an audit reads at most.</summary>
    public int AuditedLeaves => Number("FAIRSHARE_AUDITED_LEAVES");

    /// <summary>How many items of the table an audit sweeps, and how many old leaves it reads again, at most.</summary>
    public int SweptItems => Number("FAIRSHARE_SWEPT_ITEMS");

    /// <summary>The API that the canary calls; only it is told it, and what follows.</summary>
    public string CanaryApi => Require("FAIRSHARE_CANARY_API");

    /// <summary>The thumbprints of the store's keys that the canary believes.</summary>
    public IReadOnlyList<string> CanaryStoreKeys => ListOf("FAIRSHARE_CANARY_STORE_KEYS");

    /// <summary>The bucket with the canary's parties.</summary>
    public string CanaryBucket => Require("FAIRSHARE_CANARY_BUCKET");

    public string PeerTable => Require("FAIRSHARE_PEER_TABLE");

    public string PeerBucket => Require("FAIRSHARE_PEER_BUCKET");

    public string PeerSeal => Require("FAIRSHARE_PEER_SEAL");

    /// <summary>The key that wraps a peer's secret numbers.</summary>
    public string PeerWrappingKey => Require("FAIRSHARE_PEER_WRAPPING_KEY");

    /// <summary>What fails together with the peer.</summary>
    public string PeerDomain => Require("FAIRSHARE_PEER_DOMAIN");

    /// <summary>Who runs the peer.</summary>
    public string PeerOperator => Require("FAIRSHARE_PEER_OPERATOR");

    /// <summary>Octets that the peer has room for.</summary>
    public long PeerRoom => long.Parse(Require("FAIRSHARE_PEER_ROOM"), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Octets of a body that one call reads.</summary>
    public long PeerPiece => long.Parse(Require("FAIRSHARE_PEER_PIECE"), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The keys for which the peer keeps backups, or <c>*</c> for any; the members of its group besides.</summary>
    public IReadOnlyCollection<string> PeerOwners => (Optional("FAIRSHARE_PEER_OWNERS") ?? "").Split(',');

    /// <summary>The JWK of the group that the peer belongs to; null where it belongs to none.</summary>
    public string? PeerGroup => Optional("FAIRSHARE_PEER_GROUP");

    public string StandingTable => Require("FAIRSHARE_STANDING_TABLE");

    /// <summary>The state machine that carries orders; only who starts its first round is told it.</summary>
    public string StandingMachine => Require("FAIRSHARE_STANDING_MACHINE");

    /// <summary>The keys whose orders the coordinator carries, or <c>*</c> for any.</summary>
    public IReadOnlyCollection<string> StandingOwners => (Optional("FAIRSHARE_STANDING_OWNERS") ?? "").Split(',');

    /// <summary>Whether the coordinator carries orders to loopback addresses too: on or off; off by default.</summary>
    public bool CarriesToLoopback => Optional("FAIRSHARE_STANDING_LOOPBACK") == "on";

    public string WebhookTable => Require("FAIRSHARE_WEBHOOK_TABLE");

    /// <summary>The queue of deliveries; only who orders or delivers is told it.</summary>
    public string WebhookQueue => Require("FAIRSHARE_WEBHOOK_QUEUE");

    /// <summary>The key from which the secrets of webhooks follow.</summary>
    public string WebhookKey => Require("FAIRSHARE_WEBHOOK_KEY");

    /// <summary>Whether webhooks may lead to loopback addresses: on or off; off by default.</summary>
    public bool DeliversToLoopback => Optional("FAIRSHARE_WEBHOOK_LOOPBACK") == "on";

    /// <summary>Where the web page is, without a slash at the end; null where the deployment knows of none.</summary>
    public string? PageUrl => Optional("FAIRSHARE_PAGE_URL");

    /// <summary>Whether this deployment mails notices: on or off; off by default.</summary>
    public bool SendsNotices => Optional("FAIRSHARE_NOTICES") == "on";

    /// <summary>The queue of notices; only who orders or sends them is told it, and what follows.</summary>
    public string NoticeQueue => Require("FAIRSHARE_NOTICE_QUEUE");

    /// <summary>The address that SES may send from.</summary>
    public string NoticeSender => Require("FAIRSHARE_NOTICE_SENDER");

    /// <summary>Where the API answers, without a slash at the end.</summary>
    public string ApiUrl => Require("FAIRSHARE_API_URL").TrimEnd('/');

    private string[] ListOf(string name) =>
        Require(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private int Number(string name) => int.Parse(Require(name), NumberStyles.None, CultureInfo.InvariantCulture);

    private string? Optional(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private string Require(string name) =>
        Optional(name) ?? throw new InvalidOperationException($"The setting {name} is missing from the function's environment.");
}
