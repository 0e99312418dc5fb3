namespace FairShare.Repository.Tests;

/// <summary>Compares what a rule finds with the faults that are known; their list may only become shorter.</summary>
internal static class KnownFaults
{
    /// <summary>Fails at a fault that is not known, and at a known one that is no longer found.</summary>
    public static void Compare(IEnumerable<string> found, IReadOnlyCollection<string> known)
    {
        var faults = found.Distinct().ToList();
        var fresh = faults.Except(known).Order(StringComparer.Ordinal).ToList();
        var gone = known.Except(faults).Order(StringComparer.Ordinal).ToList();
        var lines = fresh.Concat(gone.Select(fault => $"no longer so, delete it from the list of known faults: {fault}"));
        Assert.True(fresh.Count + gone.Count == 0, string.Join('\n', lines));
    }
}
