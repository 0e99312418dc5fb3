using System.Text.Json.Nodes;
using FairShare.Functions;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>The alarms of the auditor's stack, and when its function runs.</summary>
public sealed class OperationsStackTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Alarms_OfTheAuditor_AreOneForEachKindOfFindingAndForSilence(string stage)
    {
        var metrics = typeof(FunctionInstance).Assembly.GetType("FairShare.Functions.Audit.AuditMetrics")!;
        var ofFindings = (IReadOnlyList<string>)metrics.GetProperty("OfFindings")!.GetValue(null)!;
        List<string> watched = [.. ofFindings, "LeavesBehind", "Audits"];
        var alarms = Template
            .OfOperations(stage)
            .Of("AWS::CloudWatch::Alarm")
            .Select(alarm => alarm.Resource["Properties"]!)
            .Where(alarm => watched.Contains($"{alarm["MetricName"]}"))
            .ToList();
        Assert.Equal(watched, alarms.Select(alarm => $"{alarm["MetricName"]}"));
        Assert.All(alarms, alarm => Assert.Equal(stage, $"{alarm["Dimensions"]![0]!["Value"]}"));
        Assert.All(
            alarms[..^1],
            alarm => Assert.Equal((0, "GreaterThanThreshold"), ((int)alarm["Threshold"]!, $"{alarm["ComparisonOperator"]}"))
        );
        var silent = alarms[^1];
        Assert.Equal(
            ("breaching", "LessThanThreshold", 2, 1),
            (
                $"{silent["TreatMissingData"]}",
                $"{silent["ComparisonOperator"]}",
                (int)silent["EvaluationPeriods"]!,
                (int)silent["Threshold"]!
            )
        );
    }

    [Fact]
    public void Auditor_Rights_LetItWriteReportsAlone()
    {
        var actions = Template
            .OfOperations("prod")
            .IdentityStatements()
            .Where(statement => statement.LogicalId.StartsWith("AuditStore", StringComparison.Ordinal))
            .SelectMany(statement =>
                statement.Statement["Action"] is JsonArray list ? list.Select(action => $"{action}") : [$"{statement.Statement["Action"]}"]
            );
        Assert.Equal(
            [
                "dynamodb:BatchGetItem",
                "dynamodb:Query",
                "dynamodb:Scan",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
                "s3:GetObject",
                "s3:ListBucket",
                "s3:PutObject",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            actions.Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["rate(1 hour)", "rate(15 minutes)"],
            Template.OfOperations("prod").Of("AWS::Events::Rule").Select(rule => $"{rule.Resource["Properties"]!["ScheduleExpression"]}")
        );
    }

    [Fact]
    public void Canary_Rights_AreToItsOwnBucketAlone()
    {
        var statements = Template
            .OfOperations("dev")
            .IdentityStatements()
            .Where(statement => statement.LogicalId.StartsWith("RunCanary", StringComparison.Ordinal))
            .Select(statement => statement.Statement)
            .Where(statement => !$"{statement["Action"]}".Contains("logs:", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(statements);
        Assert.All(
            statements,
            statement => Assert.Contains("CanaryParties", statement["Resource"]!.ToJsonString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Runbooks_AllOfThem_BelongToAnAlarmAndNoAlarmLacksOne()
    {
        var stacks = new[]
        {
            Template.OfOperations("dev"),
            Template.OfOperations("prod"),
            new Template("dev"),
            new Template("prod"),
            Template.OfNotices,
        };
        var named = stacks
            .SelectMany(stack => stack.Of("AWS::CloudWatch::Alarm"))
            .Select(alarm => $"{alarm.Resource["Properties"]!["AlarmDescription"]}".Split("Runbook: "))
            .Select(parts => Path.Combine(Programs.Root, parts is [_, var path] ? path : "no runbook"))
            .Distinct()
            .Order(StringComparer.Ordinal);
        var written = Directory
            .GetFiles(Path.Combine(Programs.Root, "docs", "runbooks"), "*.md")
            .Where(file => Path.GetFileName(file) != "README.md")
            .Order(StringComparer.Ordinal);
        Assert.Equal(written, named);
        Assert.All(
            written,
            file =>
                Assert.Equal(
                    ["## Means", "## Look", "## Do", "## Do not"],
                    File.ReadLines(file).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
                )
        );
    }
}
