using System.Text.Json.Nodes;

namespace TemplateHost.Hosting;

/// <summary>One change of an item of a table, as the table's stream has it.</summary>
/// <param name="Table">The table's physical name.</param>
/// <param name="Keys">The item's keys, in DynamoDB's JSON.</param>
/// <param name="Image">The item after the change, in DynamoDB's JSON; null when it was deleted, or the stream has keys alone.</param>
/// <param name="IsRemoval">Whether the item was deleted.</param>
public sealed record ItemChange(string Table, JsonObject Keys, JsonObject? Image, bool IsRemoval);
