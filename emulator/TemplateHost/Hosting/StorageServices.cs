using TemplateHost.Deployment;
using TemplateHost.DynamoDb;
using TemplateHost.DynamoDb.Provisioning;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Iam;
using TemplateHost.Iam.Provisioning;
using TemplateHost.Identity;
using TemplateHost.Kernel;
using TemplateHost.Kms;
using TemplateHost.Kms.Provisioning;
using TemplateHost.Kms.Storage;
using TemplateHost.Logs.Provisioning;
using TemplateHost.S3;
using TemplateHost.S3.Provisioning;
using TemplateHost.S3.Storage;
using TemplateHost.Sts;

namespace TemplateHost.Hosting;

/// <summary>Composes the services that keep things and know who asks: IAM, STS, Logs, KMS, S3, DynamoDB.</summary>
internal static class StorageServices
{
    public static void AddTo(HostParts parts, HostContext context, RoleDirectory roles, RoleSessions sessions)
    {
        parts.Services.Add(new IamService(context, roles));
        parts.Services.Add(new StsService(context, roles, sessions));
        var tables = new TableCatalog(context.Store, context.Time);
        parts.Services.Add(new DynamoDbService(context, tables));
        parts.Background.Add(new TableSweeper(context, tables));
        var keys = new KeyStore(context);
        parts.Services.Add(new KmsService(context, keys));
        var buckets = new BucketStore(context.Store);
        parts.Services.Add(new S3Service(context, buckets));
        parts.Background.Add(new BucketSweeper(context, buckets));
        parts.Provisioners.AddRange([
            new TableProvisioner(context, tables),
            new BucketProvisioner(context, buckets),
            new BucketPolicyProvisioner(buckets),
            new KeyProvisioner(context, keys),
            new AliasProvisioner(keys),
            new CdkMetadataProvisioner(),
            new RoleProvisioner(context, roles),
            new RolePolicyProvisioner(roles),
            new ManagedPolicyProvisioner(context, roles),
            new LogGroupProvisioner(context),
        ]);
    }
}
