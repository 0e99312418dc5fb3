using FairShare.Local.Deployment;
using FairShare.Local.Iam;
using FairShare.Local.Iam.Provisioning;
using FairShare.Local.Identity;
using FairShare.Local.Logs.Provisioning;
using FairShare.Local.Sts;

namespace FairShare.Local.Hosting;

/// <summary>Composes the services that keep things and know who asks: IAM, STS, Logs, KMS, S3, DynamoDB.</summary>
internal static class StorageServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        parts.Services.Add(new IamService(context));
        parts.Services.Add(new StsService(context, (RoleSessions)context.Roles));
        parts.Provisioners.AddRange(
        [
            new CdkMetadataProvisioner(),
            new RoleProvisioner(context),
            new RolePolicyProvisioner(context),
            new LogGroupProvisioner(context),
        ]);
    }
}
