namespace FairShare.Aws.Table;

/// <summary>One page of a listing, newest first.</summary>
/// <param name="Entries">The page's entries.</param>
/// <param name="Cursor">Where the next page begins, or null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Entries, string? Cursor);
