using System.Text.Json.Nodes;
using FairShare.Local.Hosting;

namespace FairShare.Local.Gateway;

/// <summary>The services by signing name; filled once the host has composed them.</summary>
internal sealed class ServiceDirectory(IRandomSource random) : IServiceCaller
{
    private Dictionary<string, IAwsService> services = [];

    public void Open(IEnumerable<IAwsService> all) => services = all.ToDictionary(service => service.SigningName);

    public IAwsService? Find(string signingName) => services.GetValueOrDefault(signingName);

    public Task<JsonObject> CallAsync(
        Caller caller, string service, string operation, JsonObject input, CancellationToken cancellationToken) =>
        Find(service) is JsonService found
            ? found.InvokeAsync(operation, new JsonCall(caller, random.Uuid(), input, cancellationToken))
            : throw new AwsException("UnknownOperationException", $"The operation {service}:{operation} is not served by the embedded host.");
}
