using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Operations;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs.Provisioning;

/// <summary>AWS::SQS::Queue.</summary>
internal sealed class QueueProvisioner(HostContext host) : IResourceProvisioner
{
    private static readonly string[] Attributes =
    [
        "VisibilityTimeout",
        "DelaySeconds",
        "MessageRetentionPeriod",
        "ReceiveMessageWaitTimeSeconds",
        "MaximumMessageSize",
        "FifoQueue",
        "ContentBasedDeduplication",
        "DeduplicationScope",
        "FifoThroughputLimit",
        "SqsManagedSseEnabled",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "RedrivePolicy",
        "RedriveAllowPolicy",
    ];

    public ResourceSchema Schema { get; } =
        new("AWS::SQS::Queue")
        {
            Name = "QueueName",
            Replacing = MemberNames.Exactly("FifoQueue"),
            Updatable = MemberNames.Exactly(string.Join(' ', Attributes)),
            // Nothing that the host serves shows the tags of a queue.
            Ignored = MemberNames.Exactly("Tags"),
            Attributes = ["Arn", "QueueName", "QueueUrl"],
        };

    public bool Exists(string name) => host.Store.Read(session => QueueTable.Find(session, name)) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var attributes = Attributes
            .Select(name => (name, value: TextOf(properties.Optional(name))))
            .Where(pair => pair.value is not null)
            .ToDictionary(pair => pair.name, pair => pair.value!);
        var name =
            properties.OptionalText("QueueName")
            ?? declaration.GeneratedName + (attributes.GetValueOrDefault("FifoQueue") == "true" ? ".fifo" : "");
        await PutAsync(name, attributes, properties);
        var queues = new QueueDirectory(host);
        return new ProvisionedResource(
            queues.UrlOf(name),
            new Dictionary<string, string>
            {
                ["Arn"] = queues.ArnOf(name),
                ["QueueName"] = name,
                ["QueueUrl"] = queues.UrlOf(name),
            }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => QueueTable.Delete(session, QueueDirectory.NameOf(resource.PhysicalId)));

    private async Task PutAsync(string name, Dictionary<string, string> attributes, PropertyReader properties)
    {
        try
        {
            foreach (var (attribute, value) in attributes)
            {
                QueueAttributes.Check(attribute, value);
            }

            var operations = new QueueOperations(host, new QueueDirectory(host), new QueueSignals(host));
            await operations.ApplyAsync(name, attributes, existing => existing with { Set = WithPolicyOf(existing, attributes) });
        }
        catch (AwsException fault)
        {
            throw properties.Refuse("QueueName", $"or another attribute was refused: {fault.Message}");
        }
    }

    // The policy belongs to a resource of its own, AWS::SQS::QueuePolicy.
    private static Dictionary<string, string> WithPolicyOf(Queue existing, Dictionary<string, string> attributes) =>
        existing.Text("Policy") is { } policy ? new Dictionary<string, string>(attributes) { ["Policy"] = policy } : attributes;

    private static string? TextOf(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonObject document => document.ToJsonString(),
            _ when node.GetValueKind() == System.Text.Json.JsonValueKind.True => "true",
            _ when node.GetValueKind() == System.Text.Json.JsonValueKind.False => "false",
            _ => node.ToString(),
        };
}
