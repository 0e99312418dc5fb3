namespace FairShare.Contracts.Http;

/// <summary>An error as clients see it (RFC 9457), <c>application/problem+json</c>.</summary>
/// <param name="Type">The URI of the problem's type, which ends with the code.</param>
/// <param name="Title">What the code means.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Code">The stable code.</param>
public sealed record ProblemDetails(string Type, string Title, int Status, string Detail, string Code);
