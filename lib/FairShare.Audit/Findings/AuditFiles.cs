using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;

namespace FairShare.Audit.Findings;

/// <summary>An audit's files: a page for people, the findings as JSON Lines, the exchanges as CSV.</summary>
public static class AuditFiles
{
    /// <summary>The findings, one a line.</summary>
    public static string ToJsonLines(AuditReport report) =>
        string.Concat(
            report.Findings.Select(finding =>
                new JsonObject
                {
                    ["code"] = finding.Code,
                    ["subject"] = finding.Subject,
                    ["detail"] = finding.Detail,
                }.ToJsonString() + "\n"
            )
        );

    /// <summary>The page: counts, the exchanges of each day, and the findings.</summary>
    public static string ToHtml(AuditReport report)
    {
        var (options, page) = (report.Options, new StringBuilder());
        page.Append("<!doctype html><meta charset=\"utf-8\"><title>Audit</title>")
            .Append("<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto}td,th{padding:.2em 1em;text-align:left}")
            .Append("i{display:inline-block;height:.8em;background:#468}</style>")
            .Append(CultureInfo.InvariantCulture, $"<h1>Audit of {Text(options.Store.ToString())}</h1>")
            .Append(
                CultureInfo.InvariantCulture,
                $"<p>Exchanges opened from {Timestamp.Format(options.From)} to {Timestamp.Format(options.To)}, "
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"judged on {Timestamp.Format(options.Now)}. Log key: <code>{Text(options.LogKey.ToString())}</code>.</p>"
            );
        Table(
            page,
            "What there is",
            [
                ("items in the table", report.Items),
                ("tokens in the table", report.Tokens),
                ("leaves in the log", report.Leaves),
                .. report
                    .States.OrderBy(state => state.Key, StringComparer.Ordinal)
                    .Select(state => ($"exchanges {state.Key}", (long)state.Value)),
            ]
        );
        Timeline(page, report);
        page.Append(CultureInfo.InvariantCulture, $"<h2>Findings: {report.Findings.Count}</h2><table>");
        foreach (var finding in report.Findings)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Text(finding.Code)}<td>{Text(finding.Subject)}<td>{Text(finding.Detail)}");
        }

        return page.Append("</table>\n").ToString();
    }

    private static void Timeline(StringBuilder page, AuditReport report)
    {
        var most = report.Days.Values.DefaultIfEmpty(1).Max();
        page.Append("<h2>Exchanges by day</h2><table>");
        foreach (var (day, count) in report.Days.OrderBy(day => day.Key, StringComparer.Ordinal))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th>{Text(day)}<td>{count}<td><i style=\"width:{20.0 * count / most:0.0}em\"></i>"
            );
        }

        page.Append("</table>");
    }

    private static void Table(StringBuilder page, string title, IEnumerable<(string Name, long Value)> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><table>");
        foreach (var (name, value) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Text(name)}<td>{value}");
        }

        page.Append("</table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
