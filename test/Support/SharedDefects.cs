using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;

namespace FairShare.Testing;

/// <summary>Defects that the mutation tests and the simulation both seed: edits of the machine's states, and of one call.</summary>
public static class SharedDefects
{
    /// <summary>The commit does not ask whether the document's gate is shut.</summary>
    public static void CommitIgnoresTheAbort(JsonObject states) => states.Write("Commit", 1).Drop("ConditionExpression");

    /// <summary>The wait for a receipt has no timeout.</summary>
    public static void WaitWithoutAnEnd(JsonObject states) => states["Open"].Drop("TimeoutSecondsPath");

    /// <summary>The sealing of an ending is not handed the receipt that the workflow has.</summary>
    public static void SealingForgetsTheReceipt(JsonObject states)
    {
        var parameters = states["SealEnding"]!["Parameters"]!;
        parameters.Drop("Payload.$");
        parameters["Payload"] = new JsonObject
        {
            ["exchangeId.$"] = "$.exchangeId",
            ["challenge.$"] = "$.challenge",
            ["failure.$"] = "$.failure",
        };
    }

    /// <summary>An open is counted without the condition that one is left.</summary>
    /// <param name="transaction">The input of OpenVaultItem's TransactWriteItems.</param>
    public static void OpenWithoutALimit(JsonNode transaction)
    {
        var update = transaction["TransactItems"]![0]!["Update"]!;
        var condition = update["ConditionExpression"]!.GetValue<string>();
        update["ConditionExpression"] = condition.Replace(
            " AND (attribute_not_exists(maxOpens) OR opens < maxOpens)",
            "",
            StringComparison.Ordinal
        );
    }

    /// <summary>A guess is compared and costs nothing.</summary>
    /// <param name="update">The input of OpenVaultItem's UpdateItem.</param>
    public static void GuessForNothing(JsonNode update)
    {
        if (update["ExpressionAttributeValues"]![":one"] is not null)
        {
            update["ExpressionAttributeValues"]![":one"] = new JsonObject { ["N"] = "0" };
        }
    }

    /// <summary>A key is retired from an earlier moment than RetireKey means.</summary>
    /// <param name="transaction">The input of its TransactWriteItems.</param>
    /// <param name="by">How much earlier.</param>
    public static void RetireEarlier(JsonNode transaction, TimeSpan by)
    {
        foreach (var item in transaction["TransactItems"]!.AsArray())
        {
            if (item!["Update"]?["ExpressionAttributeValues"]?[":from"] is { } from)
            {
                from["S"] = Timestamp.Format(Timestamp.Parse(from["S"]!.GetValue<string>()) - by);
            }
        }
    }
}
