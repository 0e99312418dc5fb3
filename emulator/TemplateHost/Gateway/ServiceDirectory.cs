using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>The services by signing name; filled once the host has composed them.</summary>
internal sealed class ServiceDirectory(FaultPoint faults, IRandomSource random) : IServiceCaller
{
    private Dictionary<string, IAwsService> services = [];

    public void Open(IEnumerable<IAwsService> all) => services = all.ToDictionary(service => service.SigningName);

    public IAwsService? Find(string signingName) => services.GetValueOrDefault(signingName);

    public async Task<JsonObject> CallAsync(
        Caller caller,
        string service,
        string operation,
        JsonObject input,
        CancellationToken cancellationToken
    )
    {
        var found =
            Find(service) as JsonService
            ?? throw new AwsException(
                "UnknownOperationException",
                $"The operation {service}:{operation} is not served by the embedded host."
            );
        var call = new JsonCall(caller, random.Uuid(), input, cancellationToken);
        try
        {
            return await faults.RunAsync(
                service,
                operation,
                path: null,
                repeatable: true,
                () => found.InvokeAsync(operation, call),
                cancellationToken
            );
        }
        catch (ConnectionCutException)
        {
            // Between services a broken connection is what the caller's own client reports: a failure without an answer.
            throw FaultErrors.Internal(service);
        }
    }
}
