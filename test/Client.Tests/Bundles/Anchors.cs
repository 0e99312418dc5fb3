namespace FairShare.Client.Tests.Bundles;

/// <summary>The keys that are given to both verifiers by hand.</summary>
internal sealed record Anchors(string? StoreKey = null, string? LogKey = null, string? WitnessKey = null, string? StampKey = null)
{
    /// <summary>As the commands take them.</summary>
    public string[] ToArguments() =>
        [
            .. Option("--store-key", StoreKey),
            .. Option("--log-key", LogKey),
            .. Option("--witness-key", WitnessKey),
            .. Option("--stamp-key", StampKey),
        ];

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];
}
