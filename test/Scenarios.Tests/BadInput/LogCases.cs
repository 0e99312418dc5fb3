namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>What is asked of the log in vain.</summary>
internal static class LogCases
{
    private static readonly string Hash = new('A', 43);

    public static IEnumerable<BadInputCase> All =>
        [
            Of("a file that no log has", "archive/1"),
            Of("a tile beyond the log", "tile/0/x999/999"),
            Of("a tile of a malformed path", "tile/0/1"),
            Of("the proof of a token that the log does not have", $"proofs/{Hash}"),
            Of("the proof of a malformed hash", "proofs/abc"),
            Of("consistency with sizes in the wrong order", "consistency/2/1"),
            Of("consistency with a size beyond the log", "consistency/1/999999999"),
            Of("a path of the log with a space", "a%20b"),
        ];

    private static BadInputCase Of(string name, string path) =>
        BadInputCase.Of(name, world => world.Host.SendAsync(HttpMethod.Get, $"/log/{path}", null, null));
}
