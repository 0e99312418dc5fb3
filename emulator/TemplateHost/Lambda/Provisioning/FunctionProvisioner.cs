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
            Updatable = MemberNames.Exactly(
                "Role Runtime Handler Timeout MemorySize ReservedConcurrentExecutions Environment(Variables) Architectures "
                    + "LoggingConfig(LogGroup LogFormat ApplicationLogLevel SystemLogLevel) TracingConfig(Mode=PassThrough) Description"
            ),
            // The host's options say where the code is; nothing that the host serves shows tags.
            Ignored = MemberNames.Exactly("Code Tags"),
            Attributes = ["Arn"],
        };

    public bool Exists(string name) => host.Store.Read(session => FunctionTables.Find(session, name)) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var function = Read(properties, declaration);
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

        var logging = properties.OptionalObject("LoggingConfig");
        return new FunctionConfiguration(
            name,
            new FunctionAccess(host).ArnOf(name),
            properties.Text("Role"),
            properties.Text("Handler"),
            runtime,
            properties.OptionalNumber("Timeout") ?? 3,
            properties.OptionalNumber("MemorySize") ?? 128,
            properties.OptionalNumber("ReservedConcurrentExecutions"),
            (properties.Nested("Environment").OptionalObject("Variables") ?? []).ToDictionary(
                pair => pair.Key,
                pair => pair.Value!.ToString()
            ),
            [.. properties.Texts("Architectures").DefaultIfEmpty("x86_64")],
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

    private static bool Same(FunctionConfiguration one, FunctionConfiguration other) =>
        JsonNode.DeepEquals(one.Describe(), (other with { ModifiedAt = one.ModifiedAt }).Describe())
        && one.ReservedConcurrency == other.ReservedConcurrency;
}
