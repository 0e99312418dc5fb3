using FairShare.Local.Deployment;
using FairShare.Local.DynamoDb;
using FairShare.Local.DynamoDb.Provisioning;
using FairShare.Local.DynamoDb.Storage;
using FairShare.Local.Iam;
using FairShare.Local.Iam.Provisioning;
using FairShare.Local.Identity;
using FairShare.Local.Kms;
using FairShare.Local.Kms.Provisioning;
using FairShare.Local.Kms.Storage;
using FairShare.Local.Logs.Provisioning;
using FairShare.Local.S3;
using FairShare.Local.S3.Provisioning;
using FairShare.Local.S3.Storage;
using FairShare.Local.Sts;

namespace FairShare.Local.Hosting;

/// <summary>Composes the services that keep things and know who asks: IAM, STS, Logs, KMS, S3, DynamoDB.</summary>
internal static class StorageServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        parts.Services.Add(new IamService(context));
        parts.Services.Add(new StsService(context, (RoleSessions)context.Roles));
        var tables = new TableCatalog(context.Store, context.Time);
        parts.Services.Add(new DynamoDbService(context, tables));
        parts.Background.Add(new TableSweeper(context, tables));
        var keys = new KeyStore(context);
        parts.Services.Add(new KmsService(context, keys));
        var buckets = new BucketStore(context.Store);
        parts.Services.Add(new S3Service(context, buckets));
        parts.Background.Add(new BucketSweeper(context, buckets));
        parts.Provisioners.AddRange(
        [
            new TableProvisioner(context, tables),
            new BucketProvisioner(context, buckets),
            new BucketPolicyProvisioner(buckets),
            new KeyProvisioner(context, keys),
            new AliasProvisioner(keys),
            new CdkMetadataProvisioner(),
            new RoleProvisioner(context),
            new RolePolicyProvisioner(context),
            new ManagedPolicyProvisioner(context),
            new LogGroupProvisioner(context),
        ]);
    }
}
