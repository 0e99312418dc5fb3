using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Operations;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms;

/// <summary>The Key Management Service: signing keys on the curves P-256 and Edwards25519, symmetric keys, and keys of HMAC.</summary>
internal sealed class KmsService : JsonService
{
    public KmsService(HostContext context, KeyStore keys)
    {
        var access = new KeyAccess(context, keys);
        var signatures = new SignatureOperations(context, access);
        var encryption = new EncryptionOperations(context, access);
        var macs = new MacOperations(context, access);
        var admin = new KeyOperations(context, keys, access);
        var aliases = new AliasOperations(context, keys);
        var tags = new TagOperations(keys, access);
        Operations = new([
            new("Sign", "KeyId Message MessageType SigningAlgorithm", signatures.SignAsync),
            new("Verify", "KeyId Message MessageType Signature SigningAlgorithm", signatures.VerifyAsync),
            new("GetPublicKey", "KeyId", signatures.GetPublicKeyAsync),
            new("Encrypt", "KeyId Plaintext EncryptionContext EncryptionAlgorithm", encryption.EncryptAsync),
            new("Decrypt", "KeyId CiphertextBlob EncryptionContext EncryptionAlgorithm", encryption.DecryptAsync),
            new("GenerateMac", "KeyId Message MacAlgorithm", macs.GenerateAsync),
            new("VerifyMac", "KeyId Message MacAlgorithm Mac", macs.VerifyAsync),
            new(
                "CreateKey",
                "Policy Description KeyUsage CustomerMasterKeySpec KeySpec Origin=AWS_KMS Tags " + "BypassPolicyLockoutSafetyCheck",
                admin.CreateAsync
            ),
            new("DescribeKey", "KeyId", admin.DescribeAsync),
            new("ListKeys", "Limit Marker", admin.ListAsync),
            new("GetKeyPolicy", "KeyId PolicyName=default", admin.GetPolicyAsync),
            new("PutKeyPolicy", "KeyId PolicyName=default Policy BypassPolicyLockoutSafetyCheck", admin.PutPolicyAsync),
            new("EnableKey", "KeyId", call => admin.SetEnabledAsync(call, enabled: true)),
            new("DisableKey", "KeyId", call => admin.SetEnabledAsync(call, enabled: false)),
            new("ScheduleKeyDeletion", "KeyId PendingWindowInDays", admin.ScheduleDeletionAsync),
            new("CancelKeyDeletion", "KeyId", admin.CancelDeletionAsync),
            new("CreateAlias", "AliasName TargetKeyId", aliases.CreateAsync),
            new("UpdateAlias", "AliasName TargetKeyId", aliases.UpdateAsync),
            new("DeleteAlias", "AliasName", aliases.DeleteAsync),
            new("ListAliases", "KeyId Limit Marker", aliases.ListAsync),
            new("TagResource", "KeyId Tags", tags.TagAsync),
            new("UntagResource", "KeyId TagKeys", tags.UntagAsync),
            new("ListResourceTags", "KeyId Limit Marker", tags.ListAsync),
        ]);
    }

    public override string SigningName => "kms";

    protected override string UnservedMemberCode => "UnsupportedOperationException";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }
}
