namespace FairShare.Functions.Http;

/// <summary>A problem on the wire (RFC 9457).</summary>
/// <param name="Type">A URI of the kind of problem.</param>
/// <param name="Title">What the kind means.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Code">The stable code.</param>
internal sealed record ProblemDetails(string Type, string Title, int Status, string Detail, string Code);
