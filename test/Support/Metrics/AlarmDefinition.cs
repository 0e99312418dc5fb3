using System.Text.Json.Nodes;

namespace FairShare.Testing.Metrics;

/// <summary>
/// An alarm of a template, evaluated as CloudWatch does: a period breaches when its value is on the wrong side of the threshold, or when it
/// has none and missing data is called breaching; the alarm rings when all of its periods in a row breach.
/// </summary>
public sealed class AlarmDefinition
{
    private readonly JsonObject properties;
    private readonly TemplateText texts;
    private readonly double threshold;
    private readonly int periods;

    /// <param name="logicalId">The alarm's name in the template.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="texts">Resolves its values.</param>
    public AlarmDefinition(string logicalId, JsonObject properties, TemplateText texts)
    {
        (this.properties, this.texts) = (properties, texts);
        // What the construct's path and the hash leave.
        Name = logicalId[(logicalId.IndexOf("Alarms", StringComparison.Ordinal) + "Alarms".Length)..^8];
        Description = properties["AlarmDescription"]!.GetValue<string>();
        threshold = properties["Threshold"]!.GetValue<double>();
        periods = properties["EvaluationPeriods"]!.GetValue<int>();
        Period = TimeSpan.FromSeconds(PeriodOf(properties));
        if (properties["DatapointsToAlarm"] is not null)
        {
            throw new FormatException($"{Name}: only alarms whose periods all breach are evaluated here.");
        }
    }

    /// <summary>The alarm's name.</summary>
    public string Name { get; }

    /// <summary>What it means, and the runbook's path.</summary>
    public string Description { get; }

    /// <summary>The length of a period.</summary>
    public TimeSpan Period { get; }

    /// <summary>For how long it must be wrong.</summary>
    public TimeSpan Span => periods * Period;

    /// <summary>The runbook's path, from the root of the repository.</summary>
    public string Runbook => Description[(Description.IndexOf("Runbook: ", StringComparison.Ordinal) + "Runbook: ".Length)..];

    /// <summary>
    /// The ends of the periods at which the alarm rings, among those that lie in a span of time with all that they go by.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Rings(MetricStore store, DateTimeOffset from, DateTimeOffset to)
    {
        List<DateTimeOffset> rings = [];
        var first = MetricStore.Floor(from, Period);
        for (var end = (first < from ? first + Period : first) + Span; end <= to; end += Period)
        {
            if (Enumerable.Range(1, periods).All(back => Breaches(store, end - (back * Period))))
            {
                rings.Add(end);
            }
        }

        return rings;
    }

    private bool Breaches(MetricStore store, DateTimeOffset start) =>
        ValueOf(store, start) is { } value ? Compare(value) : $"{properties["TreatMissingData"]}" == "breaching";

    private bool Compare(double value) =>
        $"{properties["ComparisonOperator"]}" switch
        {
            "GreaterThanThreshold" => value > threshold,
            "LessThanThreshold" => value < threshold,
            var other => throw new FormatException($"{Name}: {other} is not known here."),
        };

    private double? ValueOf(MetricStore store, DateTimeOffset start)
    {
        if (properties["Metrics"] is not JsonArray queries)
        {
            return store.Read(ReadingOf(properties, $"{properties["Statistic"] ?? properties["ExtendedStatistic"]}"), start, Period);
        }

        var byId = queries.ToDictionary(query => query!["Id"]!.GetValue<string>(), query => query!.AsObject());
        var result = byId.Values.Single(query => query["ReturnData"]?.GetValue<bool>() is not false);
        return new MetricMath(result["Expression"]!.GetValue<string>(), id => ReadStat(byId[id]["MetricStat"]!)).Compute();

        double? ReadStat(JsonNode stat) => store.Read(ReadingOf(stat["Metric"]!, $"{stat["Stat"]}"), start, Period);
    }

    private MetricReading ReadingOf(JsonNode metric, string statistic) =>
        new(
            $"{metric["Namespace"]}",
            $"{metric["MetricName"]}",
            (metric["Dimensions"]?.AsArray() ?? []).ToDictionary(one => $"{one!["Name"]}", one => texts.Of(one!["Value"])),
            statistic
        );

    private static int PeriodOf(JsonObject alarm) =>
        alarm["Period"]?.GetValue<int>()
        ?? alarm["Metrics"]!.AsArray().Select(query => query!["MetricStat"]?["Period"]?.GetValue<int>()).OfType<int>().Distinct().Single();
}

/// <summary>The alarms of a template.</summary>
public static class AlarmDefinitions
{
    /// <summary>Reads them.</summary>
    /// <param name="template">The template.</param>
    /// <param name="parameters">The values of its parameters.</param>
    public static IReadOnlyList<AlarmDefinition> Read(string template, IReadOnlyDictionary<string, string> parameters)
    {
        var texts = new TemplateText(parameters);
        return
        [
            .. JsonNode.Parse(template)!["Resources"]!
                .AsObject()
                .Where(resource => $"{resource.Value!["Type"]}" == "AWS::CloudWatch::Alarm")
                .Select(resource => new AlarmDefinition(resource.Key, resource.Value!["Properties"]!.AsObject(), texts)),
        ];
    }
}
