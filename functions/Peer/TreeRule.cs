namespace FairShare.Functions.Peer;

/// <summary>Which bodies have the hashes of their leaves beside them: a small one is read whole as well.</summary>
internal static class TreeRule
{
    private const long LargestWithout = 1 << 20;

    public static bool HasTree(long bodySize) => bodySize > LargestWithout;
}
