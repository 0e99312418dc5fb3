using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>An answer, or a refusal as an AWS SDK would show it.</summary>
/// <param name="Code">The refusal's code; the HTTP status where S3 sends no body with it; null for an answer.</param>
/// <param name="Body">The members of the answer, or those of the refusal.</param>
public sealed record ContractAnswer(string? Code, JsonObject Body)
{
    /// <summary>The refusal's message.</summary>
    public string Message => (Body["message"] ?? Body["Message"])?.ToString() ?? "";

    /// <exception cref="InvalidOperationException">The call was refused.</exception>
    public JsonNode? this[string member] => Accepted()[member];

    public string Text(string member) => this[member]!.ToString();

    /// <summary>The answer's members.</summary>
    /// <exception cref="InvalidOperationException">The call was refused.</exception>
    public JsonObject Accepted() => Code is null ? Body : throw new InvalidOperationException($"{Code}: {Body.ToJsonString()}");
}
