using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Calls with their members written as JSON.</summary>
internal static class JsonInput
{
    public static Task<ContractAnswer> CallAsync(
        this IContractTarget target,
        string service,
        string operation,
        [StringSyntax(StringSyntaxAttribute.Json)] string input
    ) => target.CallAsync(service, operation, JsonNode.Parse(input)!.AsObject());

    /// <summary>Holds a JSON text equal to another, whatever the order of members and the white space.</summary>
    public static void Equal([StringSyntax(StringSyntaxAttribute.Json)] string expected, string actual) =>
        Xunit.Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            $"Expected: {expected}\nActual:   {actual}"
        );
}
