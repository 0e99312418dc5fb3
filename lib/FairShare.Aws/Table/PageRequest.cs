namespace FairShare.Aws.Table;

/// <summary>Which page of a listing is wanted.</summary>
/// <param name="Cursor">What the page before gave; null for the first page.</param>
/// <param name="Limit">The most entries of the page, 1 to <see cref="Most"/>.</param>
public sealed record PageRequest(string? Cursor = null, int Limit = PageRequest.Default)
{
    /// <summary>The entries of a page when nobody asks for fewer or more.</summary>
    public const int Default = 50;

    /// <summary>The most entries of any page.</summary>
    public const int Most = 100;
}
