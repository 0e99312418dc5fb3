using Amazon.Lambda.Core;
using FairShare.Functions.Hosting;

namespace FairShare.Functions;

/// <summary>
/// One running function: a handler with its settings and clients, good for any number of invocations, one after another or at once.
/// </summary>
public sealed class FunctionInstance
{
    private readonly IFunction function;

    private FunctionInstance(IFunction function) => this.function = function;

    /// <summary>Starts a function.</summary>
    /// <param name="handler">The handler's name, as the template's Handler property and <c>_HANDLER</c> have it.</param>
    /// <param name="environment">The function's environment: the template's variables, the region, and the role's credentials.</param>
    /// <param name="dependencies">Clock, randomness and HTTP.</param>
    /// <exception cref="ArgumentException">There is no handler of that name.</exception>
    public static FunctionInstance Start(
        string handler,
        IReadOnlyDictionary<string, string> environment,
        FunctionDependencies dependencies
    ) => new(HandlerCatalog.Create(handler, new FunctionServices(new FunctionSettings(environment), dependencies)));

    /// <summary>Handles one event.</summary>
    /// <exception cref="Exception">Whatever the handler throws; Lambda reports its unqualified type name and message.</exception>
    public Task<Stream> InvokeAsync(Stream payload, ILambdaContext context) => function.InvokeAsync(payload, context);
}
