using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Operations;

/// <summary>CreateKey, DescribeKey, ListKeys, GetKeyPolicy, PutKeyPolicy.</summary>
internal sealed class KeyOperations(HostContext context, KeyStore keys, KeyAccess access)
{
    private readonly KeyFactory factory = new(context);

    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var tags = TagOperations.Read(call.Input["Tags"]);
        context.Authorizer.Demand(call.Caller, call.Right, "*", context: TagOperations.RequestKeys(tags));
        if (tags.Count > 0)
        {
            context.Authorizer.Demand(
                call.Caller,
                "kms:TagResource",
                context.Arn("kms", "key/*"),
                context: TagOperations.RequestKeys(tags)
            );
        }

        var (name, usage) = (
            (call.Input["KeySpec"] ?? call.Input["CustomerMasterKeySpec"])?.ToString(),
            call.Input["KeyUsage"]?.ToString()
        );
        var spec =
            KeySpec.Find(name, usage)
            ?? throw new AwsException(
                "UnsupportedOperationException",
                $"The embedded host makes keys of the spec {KeySpec.Names}; not of the spec {name} for {usage}."
            );
        var policy = call.Input["Policy"]?.ToString() is { } text ? ParsePolicy(text) : null;
        var key = factory.Create(spec, call.Input["Description"]?.ToString() ?? "", policy, tags);
        await keys.PutAsync(key);
        return new JsonObject { ["KeyMetadata"] = Describe(key) };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call) =>
        Task.FromResult(new JsonObject { ["KeyMetadata"] = Describe(access.Demand(call)) });

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, "*");
        return Task.FromResult(
            KeyAccess.Pages(1000).Page(call.Input, "Keys", keys.All, key => new JsonObject { ["KeyId"] = key.KeyId, ["KeyArn"] = key.Arn })
        );
    }

    public Task<JsonObject> GetPolicyAsync(JsonCall call)
    {
        var key = access.Demand(call);
        return Task.FromResult(new JsonObject { ["Policy"] = key.Policy.ToJsonString(), ["PolicyName"] = "default" });
    }

    public async Task<JsonObject> PutPolicyAsync(JsonCall call)
    {
        var key = access.Demand(call);
        await keys.PutAsync(key with { Policy = ParsePolicy(KeyAccess.Required(call, "Policy")) });
        return [];
    }

    public async Task<JsonObject> SetEnabledAsync(JsonCall call, bool enabled)
    {
        var key = KeyAccess.DemandKept(access.Demand(call));

        await keys.PutAsync(key with { Enabled = enabled });
        return [];
    }

    public async Task<JsonObject> ScheduleDeletionAsync(JsonCall call)
    {
        var key = KeyAccess.DemandKept(access.Demand(call));
        var days = call.Input["PendingWindowInDays"]?.GetValue<int>() ?? 30;
        if (days is < 7 or > 30)
        {
            throw new AwsException("ValidationException", "PendingWindowInDays must be between 7 and 30 days.");
        }

        var scheduled = key with { DeletionDate = context.Time.GetUtcNow().AddDays(days), Enabled = false };
        await keys.PutAsync(scheduled);
        return new JsonObject
        {
            ["KeyId"] = key.Arn,
            ["DeletionDate"] = scheduled.DeletionDate!.Value.ToUnixTimeSeconds(),
            ["KeyState"] = scheduled.State,
            ["PendingWindowInDays"] = days,
        };
    }

    public async Task<JsonObject> CancelDeletionAsync(JsonCall call)
    {
        var key = access.Demand(call);
        if (key.DeletionDate is null)
        {
            throw new AwsException("KMSInvalidStateException", $"{key.Arn} is not pending deletion.");
        }

        await keys.PutAsync(key with { DeletionDate = null });
        return new JsonObject { ["KeyId"] = key.Arn };
    }

    private JsonObject Describe(KeyRecord key) =>
        new()
        {
            ["AWSAccountId"] = context.AccountId,
            ["KeyId"] = key.KeyId,
            ["Arn"] = key.Arn,
            ["CreationDate"] = key.CreatedAt.ToUnixTimeMilliseconds() / 1000.0,
            ["Enabled"] = key.State == "Enabled",
            ["Description"] = key.Description,
            ["KeyUsage"] = key.Spec.Usage,
            ["KeyState"] = key.State,
            ["DeletionDate"] = key.DeletionDate is { } deletion ? deletion.ToUnixTimeSeconds() : null,
            ["Origin"] = "AWS_KMS",
            ["KeyManager"] = "CUSTOMER",
            ["CustomerMasterKeySpec"] = key.Spec.Name,
            ["KeySpec"] = key.Spec.Name,
            [key.Spec.AlgorithmsMember] = new JsonArray(key.Spec.Algorithm),
            ["MultiRegion"] = false,
        };

    private static JsonObject ParsePolicy(string text)
    {
        try
        {
            return PolicyInput.Parse(text, PolicyKind.Resource);
        }
        catch (AwsException malformed)
        {
            throw new AwsException("MalformedPolicyDocumentException", malformed.Message);
        }
    }
}
