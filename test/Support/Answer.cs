using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>What the API answered.</summary>
public sealed record Answer(int Status, string ContentType, JsonNode? Body)
{
    /// <summary>The stable code of a problem; null when the answer is none.</summary>
    public string? Code => ContentType == "application/problem+json" ? Text("code") : null;

    public JsonNode this[string member] =>
        Body?[member] ?? throw new InvalidOperationException($"The answer {Status} has no member {member}: {Body?.ToJsonString()}");

    public string Text(string member) => this[member].GetValue<string>();

    /// <summary>The answer itself, when it has this status.</summary>
    public Answer Require(int status) =>
        Status == status
            ? this
            : throw new InvalidOperationException($"{status} was expected; the answer is {Status}: {Body?.ToJsonString()}");
}
