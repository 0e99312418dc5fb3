namespace FairShare.Functions.Http;

/// <summary>What a handler answers with; a value alone is all that was asked for.</summary>
/// <param name="Value">The answer's record.</param>
/// <param name="Location">Where to look for what is not decided yet, and then the status is 202; null for an answer that has it.</param>
internal sealed record Answer<T>(T Value, string? Location = null)
{
    public static implicit operator Answer<T>(T value) => new(value);
}

/// <summary>Makes answers that are more than a value.</summary>
internal static class Answer
{
    /// <summary>The request is taken, and what comes of it is not decided yet.</summary>
    public static Answer<T> Accepted<T>(T value, string location) => new(value, location);
}
