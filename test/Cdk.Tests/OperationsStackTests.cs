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
        var alarms = Template.OfOperations(stage).Of("AWS::CloudWatch::Alarm").Select(alarm => alarm.Resource["Properties"]!).ToList();
        var metrics = typeof(FunctionInstance).Assembly.GetType("FairShare.Functions.Audit.AuditMetrics")!;
        var ofFindings = (IReadOnlyList<string>)metrics.GetProperty("OfFindings")!.GetValue(null)!;
        Assert.Equal([.. ofFindings, "LeavesBehind", "Audits"], alarms.Select(alarm => $"{alarm["MetricName"]}"));
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
            ],
            actions.Distinct().Order(StringComparer.Ordinal)
        );
        var rule = Assert.Single(Template.OfOperations("prod").Of("AWS::Events::Rule")).Resource["Properties"]!;
        Assert.Equal("rate(1 hour)", $"{rule["ScheduleExpression"]}");
    }
}
