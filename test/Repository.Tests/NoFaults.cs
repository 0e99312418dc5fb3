namespace FairShare.Repository.Tests;

/// <summary>Shows every fault that a rule finds, not only the first.</summary>
internal static class NoFaults
{
    /// <summary>Fails with a line for each fault.</summary>
    public static void Among(IEnumerable<string> found)
    {
        var faults = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
