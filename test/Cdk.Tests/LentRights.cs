using System.Text.Json.Nodes;
using FairShare.Testing;
using static FairShare.Testing.StatementWords;

namespace FairShare.Cdk.Tests;

/// <summary>
/// What services of AWS may do for the account: through roles with policies that AWS keeps, and by policies of buckets. By a template, and
/// what of it nothing in the template needs.
/// </summary>
internal sealed class LentRights(JsonNode template)
{
    private const string Prefix = ":iam::aws:policy/";

    // Each is the narrowest that AWS keeps for its purpose.
    private static readonly string[] Known =
    [
        "service-role/AWSCodeDeployRoleForLambdaLimited",
        "service-role/AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForS3Backup",
    ];

    // What CloudTrail asks of the bucket of a trail, and CloudFront of that of a page.
    private static readonly Dictionary<string, string[]> Asked = new()
    {
        ["cloudtrail.amazonaws.com"] = ["s3:GetBucketAcl", "s3:PutObject"],
        ["cloudfront.amazonaws.com"] = ["s3:GetObject"],
    };

    /// <summary>One row a role and policy of AWS's.</summary>
    public IEnumerable<string> Policies() =>
        [
            "| role | has AWS's policy | for |",
            "| --- | --- | --- |",
            .. from held in Held() select $"| {Short(held.Role)} | {held.Policy} | {string.Join(", ", Needs(held.Role, held.Policy))} |",
        ];

    /// <summary>One row a leave that a bucket gives a service.</summary>
    public IEnumerable<string> Leaves() =>
        [
            "| who | may | on | if | for |",
            "| --- | --- | --- | --- | --- |",
            .. from leave in Given()
            let target = string.Join(", ", List(leave.Statement["Resource"]))
            let condition = Condition(leave.Statement["Condition"])
            let users = string.Join(", ", Users(leave))
            select $"| {leave.Who} | {string.Join(", ", leave.Actions)} | {target} | {condition} | {users} |",
        ];

    /// <summary>What nothing in the template needs, or what it needs and does not have.</summary>
    public IEnumerable<string> Faults() =>
        [
            .. Held().Where(held => Needs(held.Role, held.Policy).Count == 0).Select(held => $"{held.Role}: nothing needs {held.Policy}"),
            .. Groups().Where(group => !IsMovedBy(group)).Select(group => $"{group}: no alias is moved by it"),
            .. from role in Of("AWS::IAM::Role")
            from policy in Known
            where Uses(role.Id, policy).Count > 0 && !PoliciesOf(role.Properties).Contains(policy)
            select $"{role.Id}: lacks {policy}",
            .. from leave in Given()
            where !IsNeeded(leave)
            select $"{leave.Bucket}: {leave.Who} does not need {string.Join(", ", leave.Actions)}",
        ];

    private static IEnumerable<string> PoliciesOf(JsonNode role) =>
        List(role["ManagedPolicyArns"]).Select(arn => arn[(arn.IndexOf(Prefix, StringComparison.Ordinal) + Prefix.Length)..]);

    private IEnumerable<(string Role, string Policy)> Held() =>
        from role in Of("AWS::IAM::Role")
        from policy in PoliciesOf(role.Properties)
        select (role.Id, policy);

    private IReadOnlyList<string> Needs(string role, string policy) => Known.Contains(policy) ? Uses(role, policy) : [];

    private IReadOnlyList<string> Uses(string role, string policy) =>
        policy.Contains("CodeDeploy", StringComparison.Ordinal) ? [.. Groups().Where(group => RoleOf(group) == Short(role)).Select(Short)]
        : policy.Contains("S3", StringComparison.Ordinal) ? [.. Selected(role, ":s3:::")]
        : [.. Selected(role, ":dynamodb:")];

    private IEnumerable<string> Groups() => Of("AWS::CodeDeploy::DeploymentGroup").Select(group => group.Id);

    private string RoleOf(string group) => string.Concat(List(template["Resources"]![group]!["Properties"]!["ServiceRoleArn"]));

    private bool IsMovedBy(string group) =>
        template["Resources"]!
            .AsObject()
            .Any(resource =>
                resource.Value!["UpdatePolicy"]?["CodeDeployLambdaAliasUpdate"]?["DeploymentGroupName"]?["Ref"]?.GetValue<string>() == group
            );

    private IEnumerable<string> Selected(string role, string kind) =>
        from selection in Of("AWS::Backup::BackupSelection")
        let chosen = selection.Properties["BackupSelection"]!
        where string.Concat(List(chosen["IamRoleArn"])) == Short(role)
        from resource in List(chosen["Resources"])
        where resource.Contains(kind, StringComparison.Ordinal)
        select resource[(resource.LastIndexOfAny([':', '/']) + 1)..];

    private IEnumerable<Leave> Given() =>
        from policy in Of("AWS::S3::BucketPolicy")
        from statement in policy.Properties["PolicyDocument"]!["Statement"]!.AsArray()
        where statement!["Effect"]!.GetValue<string>() == "Allow"
        select new Leave(
            string.Concat(List(policy.Properties["Bucket"])),
            string.Concat((statement!["Principal"] as JsonObject)?.SelectMany(one => List(one.Value)) ?? List(statement["Principal"])),
            statement
        );

    private bool IsNeeded(Leave leave) => Users(leave).Count > 0 && !leave.Actions.Except(Asked.GetValueOrDefault(leave.Who, [])).Any();

    /// <summary>The trail that writes into the bucket, or the distribution, if the condition names it as the source.</summary>
    private List<string> Users(Leave leave) =>
        leave.Who switch
        {
            "cloudtrail.amazonaws.com" =>
            [
                .. Of("AWS::CloudTrail::Trail")
                    .Where(trail => string.Concat(List(trail.Properties["S3BucketName"])) == leave.Bucket)
                    .Where(trail => IsFrom(leave, $":trail/{trail.Properties["TrailName"]}"))
                    .Select(trail => $"the trail {Short(trail.Id)}"),
            ],
            "cloudfront.amazonaws.com" =>
            [
                .. Of("AWS::CloudFront::Distribution")
                    .Where(one => IsFrom(leave, $":distribution/{Short(one.Id)}"))
                    .Select(one => $"the distribution {Short(one.Id)}"),
            ],
            _ => [],
        };

    private static bool IsFrom(Leave leave, string source) =>
        StatementWords
            .Tests(leave.Statement["Condition"])
            .Any(test =>
                test.Key.Equals("aws:SourceArn", StringComparison.OrdinalIgnoreCase)
                && test.Values.All(value => value.EndsWith(source, StringComparison.Ordinal))
            );

    private IEnumerable<(string Id, JsonNode Properties)> Of(string type) =>
        template["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Type"]!.GetValue<string>() == type)
            .Select(resource => (resource.Key, resource.Value!["Properties"]!));

    /// <summary>What a bucket's policy lets somebody do.</summary>
    private sealed record Leave(string Bucket, string Who, JsonNode Statement)
    {
        public IEnumerable<string> Actions => List(Statement["Action"]);
    }
}
