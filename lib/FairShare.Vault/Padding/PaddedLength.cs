namespace FairShare.Vault.Padding;

/// <summary>
/// The lengths to which payloads are padded, so that a length tells only O(log log n) bits: Padmé (Nikitin et al., "Reducing Metadata
/// Leakage from Encrypted Files and Communication with PURBs", 2019). A length grows by 12 percent at most.
/// </summary>
public static class PaddedLength
{
    /// <summary>The next Padmé length: equal or greater, and below 2^62.</summary>
    /// <param name="length">Bytes, 0 or more.</param>
    public static long Padme(long length)
    {
        if (length < 2)
        {
            return length;
        }

        var exponent = (int)long.Log2(length);
        var significant = int.Log2(exponent) + 1;
        var mask = (1L << (exponent - significant)) - 1;
        return (length + mask) & ~mask;
    }

    /// <summary>The next Padmé length that can be reached with skippable frames, which take 8 bytes at least.</summary>
    /// <param name="length">Bytes, 0 or more.</param>
    public static long WithFrames(long length) =>
        (Padme(length) - length) is > 0 and < SkippableFrame.HeaderLength ? Padme(length + SkippableFrame.HeaderLength) : Padme(length);
}
