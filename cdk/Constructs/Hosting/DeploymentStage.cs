using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>What differs between deployments; chosen with <c>-c stage=dev|prod</c>, by default dev.</summary>
/// <param name="Name">The stage's name, part of the stack's.</param>
/// <param name="ProtectsData">Whether the table and the user pool refuse deletion until somebody turns that off.</param>
/// <param name="LogDays">How long logs are kept.</param>
/// <param name="EvidenceRemovalPolicy">What becomes of evidence, documents and keys when the stack is deleted.</param>
/// <param name="HoldsKeys">Whether the store holds keys in KMS for parties who ask for it; <c>-c heldKeys=on|off</c> says
/// otherwise.</param>
/// <param name="TakesPasswords">Whether a login may send the password itself, beside SRP; <c>-c passwordAuth=on|off</c> decides.</param>
public sealed record DeploymentStage(
    string Name,
    bool ProtectsData,
    RetentionDays LogDays,
    RemovalPolicy EvidenceRemovalPolicy,
    bool HoldsKeys,
    bool TakesPasswords
)
{
    /// <summary>How many requests a second the API takes from all callers together, in every stage; twice as many at once.</summary>
    public const int RequestsPerSecond = 500;

    /// <summary>Whether calls are traced by X-Ray, and CloudWatch tells the table's busiest keys.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Whether a release takes its calls a tenth a minute, and is taken back where it fails.</summary>
    public bool ReleasesGradually { get; init; }

    /// <summary>How what is complete in the log is locked: mode and days.</summary>
    public required LogLock LogLock { get; init; }

    /// <summary>Whether the vault stores items without an account; <c>-c anonymousVault=on</c> says so.</summary>
    public bool HasAnonymousVault { get; init; }

    /// <summary>Whether the evidence table is encrypted by a key of the deployer's own; <c>-c tableKey=on</c> says so.</summary>
    public bool HasTableKey { get; init; }

    /// <summary>Who sends codes, by <c>-c sesFrom=ADDRESS -c sesRegion=REGION</c>; null for Cognito's own sender.</summary>
    public MailSender? Sender { get; init; }

    /// <summary>Who sends notices, by <c>-c ses=ADDRESS</c>; null where none are sent.</summary>
    public string? NoticeSender { get; init; }

    /// <summary>Where the web page is, by <c>-c page=https://HOST</c>; null where the service is not to know.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The key that seals; <c>-c sealGeneration=N -c previousSeal=ARN</c> makes another.</summary>
    public StoreKeyGeneration Seal { get; init; } = StoreKeyGeneration.First;

    /// <summary>The log's key; <c>-c logKeyGeneration=N -c previousLogKey=ARN</c> makes another.</summary>
    public StoreKeyGeneration LogKey { get; init; } = StoreKeyGeneration.First;

    /// <summary>The key that stamps; <c>-c stampKeyGeneration=N -c previousStampKey=ARN</c> makes another.</summary>
    public StoreKeyGeneration StampKey { get; init; } = StoreKeyGeneration.First;

    /// <exception cref="ArgumentException">A value that the context may not have, by its name.</exception>
    public static DeploymentStage FromContext(Node node)
    {
        var stage = Named(DeploymentContext.Text(node, "stage") ?? "dev");
        return stage with
        {
            HoldsKeys = Switch(node, "heldKeys") ?? stage.HoldsKeys,
            TakesPasswords = Switch(node, "passwordAuth") ?? stage.TakesPasswords,
            HasAnonymousVault = Switch(node, "anonymousVault") ?? stage.HasAnonymousVault,
            HasTableKey = Switch(node, "tableKey") ?? stage.HasTableKey,
            Sender = MailSender.FromContext(node),
            NoticeSender = DeploymentContext.Text(node, "ses"),
            PageUrl = DeploymentContext.Text(node, "page"),
            Seal = StoreKeyGeneration.FromContext(node, "sealGeneration", "previousSeal"),
            LogKey = StoreKeyGeneration.FromContext(node, "logKeyGeneration", "previousLogKey"),
            StampKey = StoreKeyGeneration.FromContext(node, "stampKeyGeneration", "previousStampKey"),
        };
    }

    /// <exception cref="ArgumentException">A name other than dev and prod.</exception>
    public static DeploymentStage Named(string name) =>
        name switch
        {
            "dev" => new DeploymentStage(
                name,
                ProtectsData: false,
                RetentionDays.ONE_WEEK,
                RemovalPolicy.RETAIN,
                HoldsKeys: true,
                TakesPasswords: true
            )
            {
                LogLock = new LogLock("GOVERNANCE", 1),
            },
            "prod" => new DeploymentStage(
                name,
                ProtectsData: true,
                RetentionDays.ONE_YEAR,
                RemovalPolicy.RETAIN,
                HoldsKeys: false,
                TakesPasswords: false
            )
            {
                LogLock = new LogLock("COMPLIANCE", 3653),
                IsTraced = true,
                ReleasesGradually = true,
            },
            _ => throw new ArgumentException($"Context 'stage' is '{name}'; it must be dev or prod.", nameof(name)),
        };

    private static bool? Switch(Node node, string name) => DeploymentContext.Text(node, name) is { } text ? text == "on" : null;
}

/// <summary>How S3 locks what is complete in the log.</summary>
/// <param name="Mode">COMPLIANCE, which nobody lifts, or GOVERNANCE.</param>
/// <param name="Days">For how many days.</param>
public sealed record LogLock(string Mode, int Days)
{
    /// <summary>As functions read it: mode and days, joined by an equals sign.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Mode}={Days}");
}

/// <summary>An address that SES may send from.</summary>
/// <param name="From">For example <c>codes@example.com</c>.</param>
/// <param name="Region">Where SES has verified it.</param>
public sealed record MailSender(string From, string Region)
{
    /// <exception cref="ArgumentException">One of the two is given without the other.</exception>
    public static MailSender? FromContext(Node node) =>
        DeploymentContext.Both(node, "sesFrom", "sesRegion") is { } given ? new MailSender(given.First, given.Second) : null;
}
