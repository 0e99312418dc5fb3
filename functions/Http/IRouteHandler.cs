using FairShare.Core.Identifiers;

namespace FairShare.Functions.Http;

/// <summary>The handler of one route.</summary>
internal interface IRouteHandler<TSubject, TRequest, TAnswer>
    where TSubject : struct, IIdentifier<TSubject>
{
    /// <summary>Serves one call: decide, save, answer.</summary>
    /// <exception cref="Core.Errors.ProtocolException">A refusal; it becomes problem+json, and nothing has changed.</exception>
    Task<Answer<TAnswer>> HandleAsync(ApiCall<TSubject, TRequest> call, CancellationToken cancellationToken);
}
