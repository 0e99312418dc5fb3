using TemplateHost.Storage;

namespace TemplateHost.Kernel;

/// <summary>What every service of the host is made of; handed to each service's constructor.</summary>
internal sealed record HostContext(
    IStore Store,
    BlobFolder Blobs,
    IAuthorizer Authorizer,
    IRoleSessions Roles,
    IServiceCaller Services,
    IMeter Meter,
    TimeProvider Time,
    IRandomSource Random,
    HostAddresses Addresses,
    string Region,
    string AccountId
)
{
    /// <summary>Where codes go that AWS would mail.</summary>
    public required Mailbox Mailbox { get; init; }

    /// <summary>Makes handlers that reach this host without sockets, at both its addresses.</summary>
    public required Func<HttpMessageHandler> CreateHandler { get; init; }

    /// <summary>Makes functions that run in process; null where there are none.</summary>
    public FunctionFactory? FunctionFactory { get; init; }

    /// <summary>A directory of published functions to run as processes; null runs those of the factory.</summary>
    public string? FunctionsDirectory { get; init; }

    /// <summary>Variables of every function beside its own.</summary>
    public required IReadOnlyDictionary<string, string> FunctionVariables { get; init; }

    /// <summary>How long a transaction holds its items before it is carried out.</summary>
    public TimeSpan TransactionDuration { get; init; }

    /// <summary>The longest batching window that is kept.</summary>
    public TimeSpan LongestBatchingWindow { get; init; }

    /// <summary>What a stream's mapping waits for before it looks again at a stream that had nothing new.</summary>
    public required Func<CancellationToken, Task> StreamPause { get; init; }

    /// <summary>Told of every data point of the services; null where nobody listens.</summary>
    public Action<Measurement>? Measured { get; init; }

    /// <summary>Told every line that a function logs: the function's name, and the line.</summary>
    public required Action<string, string> FunctionLog { get; init; }

    /// <summary>Told of faults that no caller hears of: a background task that failed, an unexpected exception.</summary>
    public required Action<string, Exception> Fault { get; init; }

    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{AccountId}:{resource}";
}

/// <summary>Where the host can be reached; known before any service starts.</summary>
/// <param name="Aws">The AWS endpoint, for example <c>http://127.0.0.1:4566</c>.</param>
/// <param name="Api">The HTTP API, for example <c>http://127.0.0.1:8080</c>.</param>
internal sealed record HostAddresses(string Aws, string Api);

/// <summary>The one source of randomness; a seeded one makes a run repeatable.</summary>
public interface IRandomSource
{
    void Fill(Span<byte> destination);
}
