using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Protection;

namespace FairShare.Cdk;

/// <summary>What the stack is made of.</summary>
public sealed class ProtectionStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>A vault in another region or account, which gets a copy of each backup; null for none.</summary>
    public string? CopyTo { get; init; }

    /// <summary>Whether CloudTrail notes who writes into the buckets and the table.</summary>
    public bool NotesWrites { get; init; }
}

/// <summary>
/// What outlives a service in the same account and region: locked backups of its table and its log, and a record of who wrote;
/// composition only.
/// </summary>
public sealed class ProtectionStack : Stack
{
    public ProtectionStack(Construct scope, string id, ProtectionStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var table = Table.FromTableName(this, "Evidence", Output("EvidenceTableName", "[a-zA-Z0-9_.-]{3,255}"));
        var log = Bucket.FromBucketName(this, "Log", Output("LogBucketName", "[a-z0-9.-]{3,63}"));
        var backups = new LockedBackups(this, "Backups", new LockedBackupsProps(props.Stage, table, log, props.CopyTo));
        _ = new CfnOutput(this, "BackupVaultName", new CfnOutputProps { Value = backups.Vault.BackupVaultName });
        _ = new CfnOutput(this, "BackupRoleArn", new CfnOutputProps { Value = backups.Role.RoleArn });
        if (props.NotesWrites)
        {
            var documents = Bucket.FromBucketName(this, "Documents", Output("DocumentBucketName", "[a-z0-9.-]{3,63}"));
            var trail = new WriteTrail(this, "Writes", props.Stage, table, [documents, log]);
            _ = new CfnOutput(this, "TrailBucketName", new CfnOutputProps { Value = trail.Records.BucketName });
        }
    }

    private string Output(string name, string pattern) =>
        new CfnParameter(
            this,
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = $"The output {name} of the service's stack.",
                AllowedPattern = pattern,
            }
        ).ValueAsString;
}
