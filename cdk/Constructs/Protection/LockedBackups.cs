using Amazon.CDK;
using Amazon.CDK.AWS.Backup;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Protection;

/// <param name="Stage">The deployment's stage.</param>
/// <param name="Table">The evidence table.</param>
/// <param name="Log">The log's bucket.</param>
/// <param name="CopyTo">A vault elsewhere that gets a copy of each backup; null for none.</param>
public sealed record LockedBackupsProps(DeploymentStage Stage, ITable Table, IBucket Log, string? CopyTo);

/// <summary>
/// Backups of table and log, each day, in a vault whose lock nobody shortens: in prod, three days after it was made, not even the account's
/// owner or AWS.
/// </summary>
public sealed class LockedBackups : Construct
{
    private const int KeptDays = 35;

    public LockedBackups(Construct scope, string id, LockedBackupsProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        Vault = new BackupVault(
            this,
            "Vault",
            new BackupVaultProps
            {
                RemovalPolicy = RemovalPolicy.RETAIN,
                LockConfiguration = new LockConfiguration
                {
                    MinRetention = Duration.Days(KeptDays),
                    ChangeableFor = props.Stage.ProtectsData ? Duration.Days(3) : null,
                },
            }
        );
        Role = new Role(
            this,
            "Role",
            new RoleProps
            {
                AssumedBy = new ServicePrincipal("backup.amazonaws.com"),
                ManagedPolicies =
                [
                    ManagedPolicy.FromAwsManagedPolicyName("service-role/AWSBackupServiceRolePolicyForBackup"),
                    ManagedPolicy.FromAwsManagedPolicyName("AWSBackupServiceRolePolicyForS3Backup"),
                ],
            }
        );
        var plan = new BackupPlan(this, "Plan", new BackupPlanProps { BackupPlanRules = [Daily(props.CopyTo)] });
        plan.AddSelection(
            "Evidence",
            new BackupSelectionOptions
            {
                Role = Role,
                // The role has been given what it needs.
                DisableDefaultBackupPolicy = true,
                Resources = [BackupResource.FromArn(props.Table.TableArn), BackupResource.FromArn(props.Log.BucketArn)],
            }
        );
    }

    public BackupVault Vault { get; }

    /// <summary>The role that backs up.</summary>
    public Role Role { get; }

    private BackupPlanRule Daily(string? copyTo) =>
        new(
            new BackupPlanRuleProps
            {
                RuleName = "Daily",
                BackupVault = Vault,
                ScheduleExpression = Schedule.Cron(new CronOptions { Hour = "3", Minute = "0" }),
                DeleteAfter = Duration.Days(KeptDays),
                CopyActions = copyTo is null
                    ? null
                    :
                    [
                        new BackupPlanCopyActionProps
                        {
                            DestinationBackupVault = BackupVault.FromBackupVaultArn(this, "Elsewhere", copyTo),
                            DeleteAfter = Duration.Days(KeptDays),
                        },
                    ],
            }
        );
}
