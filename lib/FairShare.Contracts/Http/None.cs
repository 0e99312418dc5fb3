using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Http;

/// <summary>What a call has that has no request, or whose path names nothing.</summary>
public readonly record struct None : IIdentifier<None>
{
    /// <inheritdoc/>
    public static None Parse(string text) => default;

    /// <inheritdoc/>
    public override string ToString() => "";
}
