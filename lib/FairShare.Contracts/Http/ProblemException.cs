using FairShare.Core.Errors;

namespace FairShare.Contracts.Http;

/// <summary>A call is refused.</summary>
/// <param name="type">The kind of problem.</param>
/// <param name="detail">What was wrong this time; never repeats untrusted input.</param>
public class ProblemException(ProblemType type, string detail) : ProtocolException(type.Code, detail)
{
    /// <summary>The kind of problem.</summary>
    public ProblemType Type { get; } = type;
}
