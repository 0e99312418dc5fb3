using System.Text.Json.Nodes;
using TemplateHost.Kernel.EventPatterns;

namespace TemplateHost.Lambda.EventSources;

/// <summary>
/// Which records a mapping hands to its function: those that any of its patterns matches, all where it has none. The others are passed
/// over as if they had been handled (Lambda developer guide, "Control which events Lambda sends to your function").
/// </summary>
internal sealed class RecordFilter(IReadOnlyList<string>? patterns)
{
    private readonly List<EventPattern> parsed = [.. (patterns ?? []).Select(EventPattern.Parse)];

    /// <param name="record">The record as the function would get it.</param>
    public bool Passes(JsonObject record) => parsed.Count == 0 || parsed.Exists(pattern => pattern.Matches(record));
}
