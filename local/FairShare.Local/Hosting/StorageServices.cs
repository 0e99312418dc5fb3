namespace FairShare.Local.Hosting;

/// <summary>Composes the services that keep things and know who asks: IAM, STS, Logs, KMS, S3, DynamoDB.</summary>
internal static class StorageServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(context);
    }
}
