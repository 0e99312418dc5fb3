using TemplateHost.Gateway;
using TemplateHost.Gateway.Faults;
using TemplateHost.Identity;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Hosting;

/// <summary>How a host is started.</summary>
public sealed record EmbeddedHostOptions
{
    /// <summary>Where the database and the object bodies are kept; null is a new directory that goes when the host is disposed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The loopback port of the HTTP API; 0 takes a free one.</summary>
    public int ApiPort { get; init; }

    /// <summary>The loopback port of the AWS endpoint; 0 takes a free one.</summary>
    public int AwsPort { get; init; }

    /// <summary>
    /// Whether to listen at all; without sockets, <see cref="EmbeddedHost.CreateHandler"/> is the only way in. Default true.
    /// </summary>
    public bool Listen { get; init; } = true;

    /// <summary>
    /// What a host that does not listen is called in its made-up addresses, so that several in one process are told apart. Default
    /// <c>host</c>.
    /// </summary>
    public string Name { get; init; } = "host";

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The clock that callers sign their requests by: the SDK knows only the system's, also where <see cref="Time"/> is another.
    /// </summary>
    public TimeProvider CallerTime { get; init; } = TimeProvider.System;

    /// <summary>The source of randomness; the system's by default.</summary>
    public IRandomSource? Random { get; init; }

    /// <summary>
    /// Makes the template's functions, which then run in this process; null where the template has none, or a directory does.
    /// </summary>
    public FunctionFactory? FunctionFactory { get; init; }

    /// <summary>A directory of published functions, run as processes over the Lambda Runtime API; null runs those of the factory.</summary>
    public string? FunctionsDirectory { get; init; }

    /// <summary>Environment variables of every function, beside the template's and over them.</summary>
    public IReadOnlyDictionary<string, string> FunctionVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The stack's name, part of every generated physical name. Default <c>Stack</c>.</summary>
    public string StackName { get; init; } = "Stack";

    /// <summary>Values for the template's parameters; its own defaults stand for the rest.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Told every line that a function logs: the function's name, and the line. Default: nobody.</summary>
    public Action<string, string> FunctionLog { get; init; } = (_, _) => { };

    /// <summary>
    /// Told of every data point that the services would put to CloudWatch, and of those that functions log in the embedded metric format.
    /// Default: nobody.
    /// </summary>
    public Action<Measurement>? Measured { get; init; }

    /// <summary>Told of every refusal by policy, in AWS's words: who, which action, on which resource. Default: nobody.</summary>
    public Action<string> Denied { get; init; } = _ => { };

    /// <summary>
    /// Told of every call that would have been refused but for one statement of a role's or a resource's policy. Default: nobody.
    /// </summary>
    public Action<GrantUse>? Relied { get; init; }

    /// <summary>Faults that calls of services meet; null, the default, is none.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Told of every call of a service, answered or refused, as AWS's own trail is. Default: nobody.</summary>
    public Action<ServedCall>? Called { get; init; }

    /// <summary>
    /// Whether writes reach the store on the thread of who writes, instead of a thread of their own; for runs that must repeat exactly.
    /// Default false.
    /// </summary>
    public bool SingleThreaded { get; init; }

    /// <summary>
    /// Whether the tables are in memory alone and go with the host, and what is acknowledged has not reached the disk; of a single-threaded
    /// host only. Default false.
    /// </summary>
    public bool Ephemeral { get; init; }

    /// <summary>
    /// How long a TransactWriteItems holds its items before it is carried out, on the host's clock: what else would write them meets a
    /// TransactionConflict meanwhile, as at AWS, where a transaction takes some ten milliseconds. Default zero: as long as its write takes.
    /// </summary>
    public TimeSpan TransactionDuration { get; init; }

    /// <summary>
    /// The longest batching window of a stream's mapping that is kept, on the host's clock. Default zero: a batch is handed over at once,
    /// however few records it has, and whatever window the template asks for.
    /// </summary>
    public TimeSpan LongestBatchingWindow { get; init; }

    /// <summary>
    /// How long a stream's mapping waits before it looks again at a stream that had nothing new, on the host's clock. Default: a quarter of
    /// a second, as Lambda.
    /// </summary>
    public TimeSpan StreamPollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What a stream's mapping waits for, in place of <see cref="StreamPollInterval"/>, before it looks again at a stream that had nothing
    /// new. Who is told of every change can have it look when there was one, and not again and again. Default: that interval.
    /// </summary>
    public Func<CancellationToken, Task>? StreamPause { get; init; }

    /// <summary>
    /// Told of every change of a table with a stream, in the order of the changes, before whoever made it hears of it; of a single-threaded
    /// host only. Default: nobody.
    /// </summary>
    public Action<ItemChange>? Changed { get; init; }

    /// <summary>
    /// Changes the body of a function's call before it is served, when its signature has been verified: for tests that break a function on
    /// purpose. Default: none is changed.
    /// </summary>
    public Func<CallPoint, string, string>? Rewrite { get; init; }

    /// <summary>How long a connection may be idle, or a client stop in the middle of a body, before the connection ends.</summary>
    internal TimeSpan Idle { get; init; } = HttpFront.UsualIdle;

    /// <summary>Stands between the services and the store: for tests that break it on purpose.</summary>
    internal Func<IStore, IStore>? DecorateStore { get; init; }

    /// <summary>Told of faults that no caller hears of: where, and what. Default: standard error.</summary>
    public Action<string, Exception> Fault { get; init; } = (where, exception) => Console.Error.WriteLine($"{where}: {exception}");
}
