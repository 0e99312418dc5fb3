using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>
/// AWS::Lambda::Function. The code is not fetched from S3: the handlers come with the host, or from a directory of published functions.
/// </summary>
internal sealed class FunctionProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::Function")
        {
            Name = "FunctionName",
            Required = ["Code", "Role"],
            Updatable =
            [
                "Code",
                "Role",
                "Runtime",
                "Handler",
                "Timeout",
                "MemorySize",
                "ReservedConcurrentExecutions",
                "Environment",
                "Architectures",
                "LoggingConfig",
                "Tags",
                "TracingConfig",
                "Description",
            ],
            Attributes = ["Arn"],
        };

    public bool Exists(string name) => host.Store.Read(session => FunctionTables.Find(session, name)) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var function = Read(properties, declaration);
        properties.RefuseOthers();
        await host.Store.WriteAsync(session =>
        {
            // A function that did not change keeps its instances.
            var existing = FunctionTables.Find(session, function.Name);
            FunctionTables.Put(session, existing is not null && Same(existing, function) ? existing : function);
            return true;
        });
        return new ProvisionedResource(function.Name, new Dictionary<string, string> { ["Arn"] = function.Arn });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => FunctionTables.Delete(session, resource.PhysicalId));

    private FunctionConfiguration Read(PropertyReader properties, ResourceDeclaration declaration)
    {
        var name = properties.OptionalText("FunctionName") ?? declaration.GeneratedName;
        var runtime = properties.Text("Runtime");
        if (runtime != "provided.al2023")
        {
            throw properties.Refuse("Runtime", $"{runtime} is not honoured: functions are executables for provided.al2023");
        }

        if (properties.OptionalObject("TracingConfig")?["Mode"]?.ToString() is { } mode and not "PassThrough")
        {
            throw properties.Refuse("TracingConfig", $"{mode} is not honoured by the embedded host");
        }

        // The host's options say where the code is; nothing that it serves shows tags.
        properties.Ignore("Code", "Tags");
        var logging = properties.OptionalObject("LoggingConfig");
        return new FunctionConfiguration(
            name,
            new FunctionAccess(host).ArnOf(name),
            properties.Text("Role"),
            properties.Text("Handler"),
            runtime,
            properties.Optional("Timeout") is { } timeout
                ? int.Parse(timeout.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                : 3,
            properties.Optional("MemorySize") is { } memory
                ? int.Parse(memory.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                : 128,
            properties.Optional("ReservedConcurrentExecutions") is { } reserved
                ? int.Parse(reserved.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                : null,
            Variables(properties),
            [.. properties.OptionalList("Architectures").Select(architecture => architecture!.ToString()).DefaultIfEmpty("x86_64")],
            logging?["LogGroup"]?.ToString() ?? $"/aws/lambda/{name}",
            host.Time.GetUtcNow()
        )
        {
            Description = properties.OptionalText("Description") ?? "",
            LogFormat = logging?["LogFormat"]?.ToString() ?? "Text",
            LogLevels =
                logging
                    ?.Where(setting => setting.Key.EndsWith("LogLevel", StringComparison.Ordinal))
                    .ToDictionary(setting => setting.Key, setting => setting.Value!.ToString())
                ?? [],
        };
    }

    private static Dictionary<string, string> Variables(PropertyReader properties)
    {
        if (properties.OptionalObject("Environment") is not { } environment)
        {
            return [];
        }

        var nested = properties.Nested("Environment", environment);
        var variables = (nested.OptionalObject("Variables") ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
        nested.RefuseOthers();
        return variables;
    }

    private static bool Same(FunctionConfiguration one, FunctionConfiguration other) =>
        JsonNode.DeepEquals(one.Describe(), (other with { ModifiedAt = one.ModifiedAt }).Describe())
        && one.ReservedConcurrency == other.ReservedConcurrency;
}
