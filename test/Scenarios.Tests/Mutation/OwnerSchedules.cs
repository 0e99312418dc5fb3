using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules in which the account's owner, whom no role limits, writes to the evidence table past the service.</summary>
internal static class OwnerSchedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule Replaced { get; } =
        new(
            "the account's owner replaces an ending",
            async world =>
            {
                var key = await CompleteAsync(world);
                var item = (await CallAsync(world, "GetItem", "Key", key)).Require(200).Body!["Item"]!.DeepClone();
                item["state"] = Wires.Text("Expired");
                await CallAsync(world, "PutItem", "Item", item);
            }
        );

    public static Schedule Deleted { get; } =
        new(
            "the account's owner deletes an ending",
            async world => await CallAsync(world, "DeleteItem", "Key", await CompleteAsync(world))
        );

    /// <returns>The key of the ending.</returns>
    private static async Task<JsonObject> CompleteAsync(MutationWorld world)
    {
        var exchange = await Schedules.OpenAsync(world);
        await world.AwaitAsync(exchange.SubmitReceiptAsync());
        await world.SettleAsync(Moment);
        return new JsonObject { ["pk"] = Wires.Text($"EXCHANGE#{exchange.Id}"), ["sk"] = Wires.Text("ENDING") };
    }

    private static Task<Answer> CallAsync(MutationWorld world, string operation, string member, JsonNode value)
    {
        var owner = SignedAwsClient.OfRoot(world.Host);
        var input = new JsonObject { ["TableName"] = world.Host.Embedded.Outputs["EvidenceTableName"], [member] = value };
        return owner.CallAsync("dynamodb", $"DynamoDB_20120810.{operation}", input);
    }
}
