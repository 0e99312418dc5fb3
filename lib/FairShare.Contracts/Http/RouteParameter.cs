namespace FairShare.Contracts.Http;

/// <summary>A value that a call takes in its query or in a header, as text.</summary>
/// <param name="Name">Its name; a header's in any case.</param>
/// <param name="Text">What it is, and what holds without it.</param>
public sealed record RouteParameter(string Name, string Text)
{
    /// <summary>The cursor of a list: the one that the page before gave.</summary>
    public static RouteParameter Cursor { get; } = new("cursor", "The cursor that the page before gave; without it the first page.");

    /// <summary>How many entries of a list are wanted.</summary>
    public static RouteParameter Limit { get; } = new("limit", "The most entries of the page; 50 by default.") { Range = (1, 100) };

    /// <summary>The client's key for a call that makes something.</summary>
    public static RouteParameter IdempotencyKey { get; } =
        new("Idempotency-Key", "1 to 64 visible ASCII characters: a repeat with the same key is answered with what the first call made.");

    /// <summary>Whether the call is refused without it; false by default.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The values that it may have; empty for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least and the most, of a whole number; null for a text.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>How the text is written, as JSON Schema names it; null for any text.</summary>
    public string? Format { get; init; }
}
