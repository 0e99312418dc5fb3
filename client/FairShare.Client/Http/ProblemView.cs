namespace FairShare.Client.Http;

/// <summary>A problem document, as far as a client reads it; an answer of the gateway has less.</summary>
public sealed record ProblemView(string? Code = null, string? Detail = null, string? Title = null);
