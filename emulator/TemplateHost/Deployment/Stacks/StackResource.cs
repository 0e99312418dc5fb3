using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TemplateHost.Deployment.Stacks;

/// <summary>What a physical resource is to its stack.</summary>
internal enum ResourceState
{
    /// <summary>Its name and ids are reserved; it is perhaps being made.</summary>
    Pending,

    /// <summary>What <c>Ref</c> yields.</summary>
    Current,

    /// <summary>Replaced, and to be removed when the update is through; a rollback takes it back.</summary>
    Former,
}

/// <summary>One physical resource of a stack.</summary>
/// <param name="Generation">How many resources of this logical id were made before, in any stack of the name.</param>
/// <param name="Token">Made up once, so that a creation that was interrupted goes on with the same ids.</param>
internal sealed record StackResource(string StackId, string LogicalId, string Type, int Generation, string Token, DateTimeOffset ChangedAt)
{
    public ResourceState State { get; init; }

    public string Status { get; init; } = StackStatus.CreateInProgress;

    public string? Reason { get; init; }

    public string? PhysicalId { get; init; }

    /// <summary>As last applied, intrinsic functions resolved.</summary>
    public JsonObject Properties { get; init; } = [];

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public string DeletionPolicy { get; init; } = "Delete";

    public string UpdateReplacePolicy { get; init; } = "Delete";

    [JsonIgnore]
    public DeployedResource? Deployed => PhysicalId is null ? null : new DeployedResource(PhysicalId, Properties);

    [JsonIgnore]
    public ProvisionedResource Provisioned => new(PhysicalId ?? "", Attributes);
}
