using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FairShare.Testing.Metrics;

/// <summary>
/// Draws a template's dashboard as an SVG, from recorded metrics: what an operator sees in CloudWatch, in the same places.
/// </summary>
/// <param name="store">The metrics.</param>
/// <param name="from">Where the graphs begin.</param>
/// <param name="to">Where they end.</param>
public sealed class DashboardDrawing(MetricStore store, DateTimeOffset from, DateTimeOffset to)
{
    private const int Cell = 50;
    private const int Head = 42;
    private const int LegendLine = 13;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);
    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f"];

    /// <summary>Draws it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="parameters">The values of its parameters.</param>
    /// <param name="alarms">The alarms; those that ring now are red.</param>
    public string Draw(string template, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<AlarmDefinition> alarms)
    {
        var widgets = WidgetsOf(template, parameters);
        var height = widgets.Max(widget => Number(widget, "y") + Number(widget, "height")) * Cell;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {24 * Cell} {height}" font-family="sans-serif" font-size="11">"""
        );
        svg.Append("""<rect width="100%" height="100%" fill="#f2f3f3"/>""");
        foreach (var widget in widgets)
        {
            DrawWidget(svg, widget, alarms);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<JsonObject> WidgetsOf(string template, IReadOnlyDictionary<string, string> parameters)
    {
        var board = JsonNode.Parse(template)!["Resources"]!
            .AsObject()
            .Single(resource => $"{resource.Value!["Type"]}" == "AWS::CloudWatch::Dashboard");
        var body = new TemplateText(parameters).Of(board.Value!["Properties"]!["DashboardBody"]);
        return [.. JsonNode.Parse(body)!["widgets"]!.AsArray().Select(widget => widget!.AsObject())];
    }

    private void DrawWidget(StringBuilder svg, JsonObject widget, IReadOnlyList<AlarmDefinition> alarms)
    {
        var (x, y) = ((Number(widget, "x") * Cell) + 4, (Number(widget, "y") * Cell) + 4);
        var (width, height) = ((Number(widget, "width") * Cell) - 8, (Number(widget, "height") * Cell) - 8);
        svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({x},{y})"><rect width="{width}" height="{height}" """);
        svg.Append("""fill="#fff" stroke="#d5dbdb"/>""");
        Text(svg, 8, 18, $"{widget["properties"]!["title"]}", "#16191f", "bold");
        if ($"{widget["type"]}" == "alarm")
        {
            DrawAlarms(svg, width, alarms);
        }
        else
        {
            DrawGraph(svg, widget["properties"]!["metrics"]!.AsArray(), width, height);
        }

        svg.Append("</g>\n");
    }

    private void DrawAlarms(StringBuilder svg, int width, IReadOnlyList<AlarmDefinition> alarms)
    {
        const int Columns = 7;
        foreach (var (index, alarm) in alarms.Index())
        {
            var (x, y) = (8 + (index % Columns * (width - 8) / Columns), 28 + (index / Columns * 26));
            var rings = alarm.Rings(store, to - alarm.Span - alarm.Period, to).Count > 0;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<rect x="{x}" y="{y}" width="12" height="12" fill="{(rings ? "#d13212" : "#1d8102")}"/>"""
            );
            Text(svg, x + 17, y + 10, alarm.Name, "#16191f");
        }
    }

    private void DrawGraph(StringBuilder svg, JsonArray metrics, int width, int height)
    {
        var lines = metrics.Select(metric => LineOf(metric!.AsArray())).ToList();
        var most = Math.Max(1, lines.SelectMany(line => line.Values).Select(value => value ?? 0).DefaultIfEmpty(0).Max());
        var top = Head;
        var bottom = height - 12 - (LegendLine * ((lines.Count + 1) / 2));
        Text(svg, 8, 34, most.ToString("0.##", CultureInfo.InvariantCulture), "#687078");
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M8 {top}H{width - 8}M8 {bottom}H{width - 8}" stroke="#eaeded"/>""");
        foreach (var (index, line) in lines.Index())
        {
            var colour = Colours[index % Colours.Length];
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<path d="{PathOf(line.Values, most, width, top, bottom)}" fill="none" stroke="{colour}" """
            );
            svg.Append("""stroke-width="1.5"/>""");
            Text(svg, 8 + (index % 2 * width / 2), bottom + 14 + (index / 2 * LegendLine), $"■ {line.Name}", colour);
        }
    }

    private (string Name, IReadOnlyList<double?> Values) LineOf(JsonArray metric)
    {
        var texts = metric.Where(part => part is JsonValue).Select(part => part!.ToString()).ToList();
        var dimensions = texts.Skip(2).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var statistic = $"{metric[^1]!["stat"] ?? "Average"}";
        var reading = new MetricReading(texts[0], texts[1], dimensions, statistic);
        List<double?> values = [];
        for (var time = MetricStore.Floor(from, Period); time < to; time += Period)
        {
            values.Add(store.Read(reading, time, Period));
        }

        var name = texts[1] == "ApproximateNumberOfMessagesVisible" ? dimensions["QueueName"].Split('-')[2] : texts[1];
        return (name, values);
    }

    private static string PathOf(IReadOnlyList<double?> values, double most, int width, int top, int bottom)
    {
        var path = new StringBuilder();
        var isOn = false;
        foreach (var (index, value) in values.Index())
        {
            if (value is not { } height)
            {
                isOn = false;
                continue;
            }

            var x = 8 + ((width - 16) * index / Math.Max(1, values.Count - 1));
            var y = bottom - ((bottom - top) * height / most);
            // A point alone is seen as a short line.
            path.Append(CultureInfo.InvariantCulture, $"{(isOn ? 'L' : 'M')}{x} {y:0.#}").Append(isOn ? "" : "h2");
            isOn = true;
        }

        return path.ToString();
    }

    private static void Text(StringBuilder svg, int x, int y, string text, string colour, string weight = "normal") =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="{x}" y="{y}" fill="{colour}" font-weight="{weight}">{WebUtility.HtmlEncode(text)}</text>"""
        );

    private static int Number(JsonObject widget, string name) => widget[name]!.GetValue<int>();
}
