using FairShare.Contracts.Http;

namespace FairShare.Functions.Http;

/// <summary>A path does not have the method that it was called with.</summary>
/// <param name="allowed">The methods that it has.</param>
internal sealed class MethodNotAllowedException(IReadOnlyList<string> allowed)
    : ProblemException(CommonProblems.MethodNotAllowed, "The path has other methods: the header Allow names them.")
{
    /// <summary>The methods, as the header <c>Allow</c> has them.</summary>
    public string Allow { get; } = string.Join(", ", allowed);
}
