namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Why a right is as wide as it is, and why no scenario shows one.</summary>
internal static class RightReasons
{
    private static readonly (string Action, string Resource, string Reason)[] Widths =
    [
        ("kms:CreateKey", "*", "a key that does not exist has no name; AWS offers no resource for the action"),
        ("dynamodb:ListStreams", "*", "AWS offers no resource for the action; Lambda asks for it before it makes a mapping"),
        ("kms:*", ":key/*", "keys for parties are made at run time; the condition on their tag keeps the right to them"),
        ("s3:*", "DocumentsBucket/documents/*", "a document's id is drawn when it is announced"),
        ("s3:*", "VaultObjectsBucket/v/*", "an item's id is drawn when it is created, below the days of its class"),
        ("s3:*", "BodiesBucket/b/*", "a backup's id is drawn by its owner"),
        ("s3:*", "/tile/*", "a tile has the number of its place in the log"),
        ("s3:*", "/archive/*", "an archive has the size of the log"),
        ("s3:*", "AuditorReports/reports/*", "a report has the time of its audit"),
        ("states:DescribeExecution", ":execution:ExchangeStateMachine:*", "an execution has the id of its exchange"),
    ];

    private static readonly (string Action, string Resource, string Reason)[] Unshown =
    [
        ("logs:*", "", "the host takes what functions and state machines log without asking for a right"),
        ("s3:PutObjectRetention", "LogObjectsBucket/tile/*", "a tile is locked when it has all its 256 leaves, which no scenario reaches"),
        ("s3:PutObject", "CanaryParties/parties.json", "the canary has no parties in these scenarios, and ends when it reads that"),
        ("sqs:SendMessage", "DeliveryUndelivered", "what a rule could not deliver in a day; no queue of a scenario is away for so long"),
        (
            "ses:SendEmail",
            "identity/example.com",
            "the sender's address is verified by itself or by its domain; the host knows the address"
        ),
        ("sqs:ChangeMessageVisibility", "NoticesQueue", "a mail that SES does not take, which NoticeTests plays, and no scenario"),
    ];

    private static readonly Dictionary<string, string> Unmet = new()
    {
        ["succession"] = "a record of a change of the store's keys, which takes an update of the stack",
        ["acceptance"] = "the same, signed by the key that came",
    };

    /// <summary>Why no scenario shows a value that a condition allows; null where one must.</summary>
    public static string? WhyUnmet(string value) => Unmet.GetValueOrDefault(value);

    /// <summary>The reasons for wildcards, as rows of the page.</summary>
    public static IEnumerable<string> Table() => Widths.Select(one => $"| {one.Action} | {one.Resource} | {one.Reason} |");

    /// <summary>Why a right's resource ends in a wildcard; null where nobody says it.</summary>
    public static string? WhyWide(GrantedRight right) => Find(Widths, right);

    /// <summary>Why no scenario shows a right; null where one must.</summary>
    public static string? WhyUnshown(GrantedRight right) => Find(Unshown, right);

    private static string? Find((string Action, string Resource, string Reason)[] reasons, GrantedRight right) =>
        reasons
            .Where(one => one.Action.EndsWith('*') ? Begins(right.At.Action, one.Action[..^1]) : one.Action == right.At.Action)
            .Where(one => one.Resource == right.Resource || right.Resource.EndsWith(one.Resource, StringComparison.Ordinal))
            .Select(one => one.Reason)
            .FirstOrDefault();

    private static bool Begins(string text, string with) => text.StartsWith(with, StringComparison.Ordinal);
}
