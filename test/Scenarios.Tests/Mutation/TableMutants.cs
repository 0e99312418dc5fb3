using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the policy of the evidence table, which says what nobody may write, whatever its role allows.</summary>
internal static class TableMutants
{
    private const string Policy = "policy of the evidence table";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "evidence-can-be-overwritten",
            Policy,
            "lets anybody put what stands under an exchange",
            Promise.WriteOnce,
            OwnerSchedules.Replaced
        )
        {
            Template = TemplateEdits.Resource(
                "EvidenceTable",
                properties => Statements(properties).Remove(Statement(properties, "OnlyItsWritersPutEXCHANGE"))
            ),
        },
        new("evidence-can-be-deleted", Policy, "lets anybody delete evidence", Promise.WriteOnce, OwnerSchedules.Deleted)
        {
            Template = TemplateEdits.Resource(
                "EvidenceTable",
                properties =>
                {
                    var actions = Statement(properties, "EvidenceIsWrittenOnce")["Action"]!.AsArray();
                    actions.Remove(actions.Single(action => action!.GetValue<string>() == "dynamodb:DeleteItem"));
                }
            ),
        },
    ];

    private static JsonArray Statements(JsonObject properties) => properties["ResourcePolicy"]!["PolicyDocument"]!["Statement"]!.AsArray();

    private static JsonNode Statement(JsonObject properties, string id) =>
        Statements(properties).Single(statement => statement!["Sid"]!.GetValue<string>() == id)!;
}
