using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Evidence;

/// <summary>
/// A key of the deployer's own, by which the evidence table is encrypted: who disables it closes the table to everybody, and CloudTrail has
/// its uses. It changes by itself every year. Like DynamoDB's own key it serves whoever DynamoDB lets read: what a role may read is said by
/// the rights to the table alone.
/// </summary>
internal static class TableKey
{
    public static Key Create(Construct scope, DeploymentStage stage)
    {
        var key = new Key(
            scope,
            "TableKey",
            new KeyProps
            {
                Description = "Encrypts the evidence table",
                Alias = $"fairshare/{stage.Name}/table",
                EnableKeyRotation = true,
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
        var stack = Stack.Of(scope);
        key.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Sid = "ThroughDynamoDb",
                    Principals = [new AnyPrincipal()],
                    Actions =
                    [
                        "kms:CreateGrant",
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey*",
                        "kms:ReEncrypt*",
                    ],
                    Resources = ["*"],
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object>
                        {
                            ["kms:CallerAccount"] = stack.Account,
                            ["kms:ViaService"] = $"dynamodb.{stack.Region}.{stack.UrlSuffix}",
                        },
                    },
                }
            )
        );
        return key;
    }
}
