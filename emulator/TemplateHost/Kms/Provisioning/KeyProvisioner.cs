using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;
using TemplateHost.Kms.Operations;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Provisioning;

/// <summary>AWS::KMS::Key.</summary>
internal sealed class KeyProvisioner(HostContext context, KeyStore keys) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::KMS::Key")
        {
            Updatable = MemberNames.Exactly(
                "KeySpec KeyUsage KeyPolicy Description Enabled Tags(Key Value) EnableKeyRotation PendingWindowInDays"
            ),
            Attributes = ["Arn", "KeyId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var spec =
            KeySpec.Find(properties.OptionalText("KeySpec"), properties.OptionalText("KeyUsage"))
            ?? throw properties.Refuse("KeySpec", $"must be {KeySpec.Names}: the embedded host makes no other keys");

        var policy = properties.Optional("KeyPolicy") is { } given
            ? (JsonObject)PolicyProperty.Checked(properties, "KeyPolicy", given, PolicyKind.Resource).DeepClone()
            : null;
        var description = properties.OptionalText("Description") ?? "";
        var enabled = properties.OptionalFlag("Enabled") ?? true;
        var tags = TagOperations.Read(properties.List("Tags"));
        if (spec.Signs && properties.IsTrue("EnableKeyRotation"))
        {
            throw properties.Refuse("EnableKeyRotation", "must be false: only symmetric keys rotate");
        }

        if (properties.OptionalNumber("PendingWindowInDays") is < 7 or > 30)
        {
            throw properties.Refuse("PendingWindowInDays", "must be from 7 to 30");
        }

        var fresh = new KeyFactory(context).Create(spec, description, policy, tags);
        var id = declaration.PhysicalId ?? declaration.Identifiers.Uuid();
        if (Find(id) is { } made && made.Spec != spec)
        {
            throw properties.Refuse("KeySpec", $"is {made.Spec.Name}, and a key never changes its kind");
        }

        var key = Find(id) is { } known
            ? known with
            {
                Policy = fresh.Policy,
                Description = description,
                Enabled = enabled,
                Tags = tags,
            }
            : fresh with
            {
                KeyId = id,
                Arn = context.Arn("kms", $"key/{id}"),
                Enabled = enabled,
            };
        await keys.PutAsync(key);
        return new ProvisionedResource(key.KeyId, new Dictionary<string, string> { ["Arn"] = key.Arn, ["KeyId"] = key.KeyId });
    }

    /// <summary>As CloudFormation does: the key waits for its deletion, thirty days where the template says nothing else.</summary>
    public async Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        if (Find(resource.PhysicalId) is { } key)
        {
            var days = int.Parse(resource.Properties["PendingWindowInDays"]?.ToString() ?? "30", CultureInfo.InvariantCulture);
            await keys.PutAsync(key with { DeletionDate = context.Time.GetUtcNow().AddDays(days), Enabled = false });
        }
    }

    private KeyRecord? Find(string keyId)
    {
        try
        {
            return keys.Get(keyId);
        }
        catch (AwsException)
        {
            return null;
        }
    }
}
