using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Operations;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms;

/// <summary>The Key Management Service: signing keys on the curve P-256.</summary>
internal sealed class KmsService : JsonService
{
    public KmsService(HostContext context, KeyStore keys)
    {
        var access = new KeyAccess(context, keys);
        var signatures = new SignatureOperations(context, access);
        var admin = new KeyOperations(context, keys, access);
        var aliases = new AliasOperations(context, keys);
        var tags = new TagOperations(keys, access);
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["Sign"] = signatures.SignAsync,
            ["Verify"] = signatures.VerifyAsync,
            ["GetPublicKey"] = signatures.GetPublicKeyAsync,
            ["CreateKey"] = admin.CreateAsync,
            ["DescribeKey"] = admin.DescribeAsync,
            ["ListKeys"] = admin.ListAsync,
            ["GetKeyPolicy"] = admin.GetPolicyAsync,
            ["PutKeyPolicy"] = admin.PutPolicyAsync,
            ["EnableKey"] = call => admin.SetEnabledAsync(call, enabled: true),
            ["DisableKey"] = call => admin.SetEnabledAsync(call, enabled: false),
            ["ScheduleKeyDeletion"] = admin.ScheduleDeletionAsync,
            ["CancelKeyDeletion"] = admin.CancelDeletionAsync,
            ["CreateAlias"] = aliases.CreateAsync,
            ["UpdateAlias"] = aliases.UpdateAsync,
            ["DeleteAlias"] = aliases.DeleteAsync,
            ["ListAliases"] = aliases.ListAsync,
            ["TagResource"] = tags.TagAsync,
            ["UntagResource"] = tags.UntagAsync,
            ["ListResourceTags"] = tags.ListAsync,
        };
    }

    public override string SigningName => "kms";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }
}
