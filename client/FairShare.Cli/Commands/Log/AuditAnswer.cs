using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Audit.Findings;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Log;

/// <summary>What <c>audit</c> answers.</summary>
internal static class AuditAnswer
{
    /// <summary>A report as text and JSON, with its exit code.</summary>
    /// <param name="report">The report.</param>
    /// <param name="took">How long the audit took.</param>
    /// <param name="isAnchored">Whether the keys were given, and not only named by the service.</param>
    public static CommandResult Of(AuditReport report, TimeSpan took, bool isAnchored)
    {
        var states = report.States.OrderBy(state => state.Key, StringComparer.Ordinal).ToList();
        var json = new JsonObject
        {
            ["items"] = report.Items,
            ["tokens"] = report.Tokens,
            ["leaves"] = report.Leaves,
            ["seconds"] = Math.Round(took.TotalSeconds, 3),
            ["anchored"] = isAnchored,
            ["complete"] = report.IsComplete,
            ["states"] = new JsonObject(states.Select(state => KeyValuePair.Create(state.Key, (JsonNode?)state.Value))),
            ["findings"] = new JsonArray([
                .. report.Findings.Select(finding => new JsonObject
                {
                    ["code"] = finding.Code,
                    ["subject"] = finding.Subject,
                    ["detail"] = finding.Detail,
                }),
            ]),
        };
        List<string> lines =
        [
            .. report.Findings.Select(LineOf),
            .. states.Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Value, 8}  exchanges {state.Key}")),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Items} items, {report.Tokens} tokens, {report.Leaves} leaves; "
                    + $"{report.Findings.Count} findings, in {took.TotalSeconds:0.0} s."
            ),
        ];
        if (!isAnchored)
        {
            lines.Add("By keys that the service itself names. To be sure of them, give those that you know: --store-key, --log-key.");
        }

        return new CommandResult(json, lines, ExitCodeOf(report));
    }

    private static string LineOf(AuditFinding finding) =>
        finding.Code == AuditFinding.Incomplete
            ? $"INCOMPLETE {finding.Subject}  {finding.Detail}"
            : $"WRONG {finding.Code}  {finding.Subject}  {finding.Detail}";

    // Whatever was found: who relies on the audit must know first that it has not seen everything.
    private static int ExitCodeOf(AuditReport report) =>
        !report.IsComplete ? ExitCode.Incomplete
        : report.Findings.Count == 0 ? ExitCode.Ok
        : ExitCode.NotVerified;
}
