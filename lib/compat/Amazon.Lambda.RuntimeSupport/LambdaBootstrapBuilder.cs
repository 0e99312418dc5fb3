using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Builds a <see cref="LambdaBootstrap"/>. Follows the API page of <c>Amazon.Lambda.RuntimeSupport.LambdaBootstrapBuilder</c>.</summary>
public sealed class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> handler;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler) => this.handler = handler;

    /// <summary>Starts from a handler of raw payloads.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(handler);

    /// <summary>Makes the loop that calls the handler.</summary>
    public LambdaBootstrap Build() => new(handler);
}
