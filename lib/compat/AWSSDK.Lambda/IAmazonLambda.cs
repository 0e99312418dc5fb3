using Amazon.Lambda.Model;

namespace Amazon.Lambda;

/// <summary>The operations used here. Follows the API page of <c>Amazon.Lambda.IAmazonLambda</c>.</summary>
public interface IAmazonLambda : IDisposable
{
    /// <summary>Invokes a function and waits for its answer.</summary>
    Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default);
}
