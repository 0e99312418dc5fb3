using System.Globalization;
using System.Text.RegularExpressions;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>What a value of the context must be.</summary>
/// <param name="What">In words, after "it must be".</param>
/// <param name="Holds">Whether a text is of that kind.</param>
internal sealed partial record ContextKind(string What, Func<string, bool> Holds)
{
    public static ContextKind Switch { get; } = OneOf("on", "off");

    public static ContextKind Number { get; } = new("a whole number from 1 on", IsNumber);

    public static ContextKind Address { get; } = new("an e-mail address", text => AddressForm().IsMatch(text));

    public static ContextKind Region { get; } = new("a region", text => RegionForm().IsMatch(text));

    public static ContextKind Domain { get; } = new("a domain", text => DomainForm().IsMatch(text));

    public static ContextKind Page { get; } = new("https:// and a host, without a path", text => PageForm().IsMatch(text));

    public static ContextKind Key { get; } = Arn("a KMS key", "kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+");

    public static ContextKind Vault { get; } = Arn("a backup vault", "backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]+");

    public static ContextKind Certificate { get; } = Arn("a certificate in us-east-1", "acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+");

    public static ContextKind Firewall { get; } =
        Arn("a web ACL of CloudFront's", "wafv2:us-east-1:[0-9]{12}:global/webacl/[A-Za-z0-9_-]+/[A-Za-z0-9-]+");

    public static ContextKind Directory { get; } = new("a directory", System.IO.Directory.Exists);

    public static ContextKind Functions { get; } =
        new("a directory with the executable bootstrap", text => text.Length > 0 && IsExecutable(Path.Combine(text, "bootstrap")));

    public static ContextKind Tags { get; } =
        new(
            "KEY=VALUE, each key once and none of fairshare-stage and aws:…, with commas between",
            text => StackTags.Read(text) is not null
        );

    public static ContextKind OneOf(params string[] values) =>
        new(
            values is [var one, var other] ? $"{one} or {other}" : $"one of {string.Join(", ", values)}",
            text => values.Contains(text, StringComparer.Ordinal)
        );

    private static ContextKind Arn(string what, string form) =>
        new($"the ARN of {what}", text => Regex.IsMatch(text, $"^arn:aws[a-z-]*:{form}$", RegexOptions.CultureInvariant));

    private static bool IsNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0);

    [GeneratedRegex(@"^[^@\s,;<>""]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    private static partial Regex AddressForm();

    [GeneratedRegex(@"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?$")]
    private static partial Regex PageForm();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex RegionForm();

    [GeneratedRegex(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    private static partial Regex DomainForm();
}
