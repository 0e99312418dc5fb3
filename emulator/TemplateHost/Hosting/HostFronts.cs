using TemplateHost.Gateway;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>The ways in: two loopback ports, or none, and handlers without sockets. Requests wait until the host is ready.</summary>
internal sealed class HostFronts : IAsyncDisposable
{
    private readonly TaskCompletionSource<HostParts> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OpenRequests open = new();
    private readonly AwsGateway gateway;
    private readonly FaultPoint faults;
    private readonly HttpFront aws;
    private readonly HttpFront api;

    public HostFronts(AwsGateway gateway, FaultPoint faults, EmbeddedHostOptions options)
    {
        (this.gateway, this.faults) = (gateway, faults);
        aws = new HttpFront(HandleAwsAsync, options.Idle);
        api = new HttpFront(HandleApiAsync, options.Idle);
        Addresses = new HostAddresses($"http://aws.{options.Name}.internal", $"http://api.{options.Name}.internal");
    }

    /// <summary>Where the host can be reached; made-up names when it does not listen.</summary>
    public HostAddresses Addresses { get; private set; }

    public async Task ListenAsync(int awsPort, int apiPort, CancellationToken cancellationToken) =>
        Addresses = new HostAddresses(
            await ListenAsync(aws, awsPort, nameof(EmbeddedHostOptions.AwsPort), cancellationToken),
            await ListenAsync(api, apiPort, nameof(EmbeddedHostOptions.ApiPort), cancellationToken)
        );

    public void Open(HostParts parts) => ready.TrySetResult(parts);

    /// <summary>Answers the requests that wait with a failure.</summary>
    public void Abandon() => ready.TrySetCanceled();

    public HttpMessageHandler CreateHandler() => new InProcessHandler(Addresses, HandleAwsAsync, HandleApiAsync);

    public async ValueTask DisposeAsync()
    {
        Abandon();
        await aws.DisposeAsync();
        await api.DisposeAsync();
        await open.CloseAsync();
    }

    private static async Task<string> ListenAsync(HttpFront front, int port, string option, CancellationToken cancellationToken)
    {
        try
        {
            return await front.ListenAsync(port, cancellationToken);
        }
        catch (IOException fault)
        {
            throw new HostOptionException(option, fault.Message, fault);
        }
    }

    private Task<AwsResponse> HandleAwsAsync(WireRequest request, CancellationToken cancellationToken) =>
        ServeAsync(
            request,
            async () =>
            {
                await ready.Task.WaitAsync(cancellationToken);
                return await gateway.HandleAsync(request, cancellationToken);
            }
        );

    private Task<AwsResponse> HandleApiAsync(WireRequest request, CancellationToken cancellationToken) =>
        ServeAsync(
            request,
            async () =>
            {
                var parts = await ready.Task.WaitAsync(cancellationToken);
                return await new ApiFront(parts, faults).HandleAsync(request, cancellationToken);
            }
        );

    private Task<AwsResponse> ServeAsync(WireRequest request, Func<Task<AwsResponse>> serve) =>
        BrowserOrigin.IsAddressedHere(request, Addresses)
            ? open.RunAsync(serve)
            : Task.FromResult(ApiFront.Message(421, "Misdirected Request"));
}
