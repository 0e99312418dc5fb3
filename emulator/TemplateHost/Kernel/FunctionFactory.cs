namespace TemplateHost.Kernel;

/// <summary>Starts a function in the host's own process.</summary>
/// <param name="start">Which function, and what it takes from the host.</param>
/// <returns>What runs its invocations, one after another or at once.</returns>
/// <exception cref="Exception">Whatever is thrown is the error of the function's first invocation, as Lambda's init error is.</exception>
public delegate FunctionHandler FunctionFactory(FunctionStart start);

/// <summary>Runs one invocation.</summary>
/// <param name="payload">The event, as it was sent.</param>
/// <param name="invocation">What Lambda says of the invocation.</param>
/// <returns>The answer; whatever is thrown is answered as Lambda answers a function's error.</returns>
public delegate Task<Stream> FunctionHandler(Stream payload, FunctionInvocation invocation);

/// <summary>What a function is started with.</summary>
/// <param name="Name">The function's physical name.</param>
/// <param name="Handler">The template's <c>Handler</c>.</param>
/// <param name="Environment">The template's variables, the region, and the credentials of the function's role.</param>
/// <param name="Time">The host's clock.</param>
/// <param name="Random">The host's source of randomness.</param>
/// <param name="CreateHandler">Makes HTTP handlers that reach the host without sockets; what they send is signed and judged all the
/// same.</param>
public sealed record FunctionStart(
    string Name,
    string Handler,
    IReadOnlyDictionary<string, string> Environment,
    TimeProvider Time,
    IRandomSource Random,
    Func<HttpMessageHandler> CreateHandler
);

/// <summary>One invocation, as Lambda's context object has it.</summary>
/// <param name="requestId">The id that the function sees, and logs.</param>
/// <param name="functionName">The function's physical name.</param>
/// <param name="functionArn">The name that it was invoked by.</param>
/// <param name="remaining">How much of its time is left.</param>
/// <param name="log">Takes a line of its log.</param>
public sealed class FunctionInvocation(
    string requestId,
    string functionName,
    string functionArn,
    Func<TimeSpan> remaining,
    Action<string> log
)
{
    /// <summary>The id that the function sees, and logs.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>The function's physical name.</summary>
    public string FunctionName { get; } = functionName;

    /// <summary>The name that it was invoked by.</summary>
    public string FunctionArn { get; } = functionArn;

    /// <summary>How much of its time is left.</summary>
    public TimeSpan RemainingTime => remaining();

    /// <summary>Writes a line to the function's log.</summary>
    public void Log(string line) => log(line);
}
