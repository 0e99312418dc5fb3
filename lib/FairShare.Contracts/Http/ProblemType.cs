namespace FairShare.Contracts.Http;

/// <summary>A kind of problem that clients may branch on; docs/problems.md has them all.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What the code means, the same in every occurrence.</param>
public sealed record ProblemType(string Code, int Status, string Title)
{
    /// <summary>An occurrence of this problem.</summary>
    /// <param name="detail">What was wrong this time; never repeats untrusted input.</param>
    public ProblemException With(string detail) => new(this, detail);
}
