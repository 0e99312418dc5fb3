using TemplateHost.Gateway;
using TemplateHost.Gateway.Faults;
using TemplateHost.Gateway.Signing;
using TemplateHost.Identity;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Hosting;

/// <summary>What stands under the services: store, identity, gateway.</summary>
internal sealed class HostCore : IDisposable
{
    public const string Region = "us-east-1";
    public const string AccountId = "000000000000";

    private readonly EmbeddedHostOptions options;
    private readonly IRandomSource random;
    private readonly ServiceDirectory services;

    public HostCore(EmbeddedHostOptions options)
    {
        this.options = options;
        random = options.Random ?? new SystemRandomSource();
        Data = new DataDirectory(options.DataDirectory);
        Store = OpenStore();
        (Roles, var secret, Root) = ReadIdentity();
        Sessions = new RoleSessions(Roles, secret, options.Time, random, AccountId);
        Faults = new FaultPoint(options.Faults, options.Time, options.Called) { Measured = options.Measured };
        services = new ServiceDirectory(Faults, random);
        var verifier = new SignatureVerifier(Root, Sessions, options.Time, options.CallerTime, Region, AccountId);
        Gateway = new AwsGateway(services, new Authenticator(verifier), Faults, random, options.Rewrite, options.Fault);
    }

    public DataDirectory Data { get; }

    public SqliteStore Store { get; }

    public RoleDirectory Roles { get; }

    public RoleSessions Sessions { get; }

    public RootAccount Root { get; }

    public FaultPoint Faults { get; }

    public AwsGateway Gateway { get; }

    public Meter Meter { get; } = new();

    public Mailbox Mailbox { get; } = new();

    /// <summary>Makes the services, which from here on answer.</summary>
    public HostParts Compose(HostAddresses addresses, Func<HttpMessageHandler> createHandler)
    {
        var authorizer = new Authorizer(Roles, options.Time, Region, AccountId) { Denied = options.Denied, Relied = options.Relied };
        var context = new HostContext(
            Observe(options.DecorateStore?.Invoke(Store) ?? Store, options),
            new BlobFolder(Data.Blobs, durable: !options.Ephemeral),
            authorizer,
            Sessions,
            services,
            Meter,
            options.Time,
            random,
            addresses,
            Region,
            AccountId
        )
        {
            Mailbox = Mailbox,
            CreateHandler = createHandler,
            FunctionFactory = options.FunctionFactory,
            FunctionsDirectory = options.FunctionsDirectory,
            FunctionVariables = options.FunctionVariables,
            Measured = options.Measured,
            FunctionLog = LogOf(options),
            Fault = options.Fault,
            TransactionDuration = options.TransactionDuration,
            LongestBatchingWindow = options.LongestBatchingWindow,
            StreamPause = options.StreamPause ?? (token => Task.Delay(options.StreamPollInterval, options.Time, token)),
        };
        var parts = ServiceCatalog.Create(context, Roles, Sessions);
        services.Open(parts.Services);
        return parts;
    }

    /// <summary>Ends a start that failed: as disposing does, and a data directory that it made goes with it.</summary>
    public void Withdraw()
    {
        Store.Dispose();
        Data.Withdraw();
    }

    public void Dispose()
    {
        Store.Dispose();
        Data.Dispose();
    }

    private static Action<string, string> LogOf(EmbeddedHostOptions options) =>
        options.Measured is not { } measured
            ? options.FunctionLog
            : (function, line) =>
            {
                options.FunctionLog(function, line);
                foreach (var point in EmbeddedMetrics.Read(line))
                {
                    measured(point);
                }
            };

    private static IStore Observe(IStore store, EmbeddedHostOptions options) =>
        options.Changed is not { } changed ? store
        : options.SingleThreaded ? new ObservedStore(store, changed)
        : throw new ArgumentException("Changes are told of a single-threaded host only.", nameof(options));

    private SqliteStore OpenStore()
    {
        try
        {
            return new SqliteStore(Data.Database, options.SingleThreaded, options.Ephemeral);
        }
        catch
        {
            Data.Withdraw();
            throw;
        }
    }

    private (RoleDirectory Roles, HostSecret Secret, RootAccount Root) ReadIdentity()
    {
        try
        {
            var roles = new RoleDirectory(Store);
            var secret = new HostSecret(Store, random);
            var root = new RootAccount(secret);
            root.WriteTo(Data.Credentials);
            return (roles, secret, root);
        }
        catch
        {
            Withdraw();
            throw;
        }
    }
}
