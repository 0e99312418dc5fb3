using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Builds a <see cref="LambdaBootstrap"/>. Follows the API page of <c>Amazon.Lambda.RuntimeSupport.LambdaBootstrapBuilder</c>.
/// </summary>
public sealed class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> handler;
    private LambdaBootstrapInitializer? initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler) => this.handler = handler;

    /// <summary>Starts from a handler of raw payloads.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(handler);

    /// <summary>
    /// What runs once before the first invocation; if it throws or gives false, the function does not start, and Lambda is told why.
    /// </summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Makes the loop that calls the handler.</summary>
    public LambdaBootstrap Build() => new(handler, initializer);
}
