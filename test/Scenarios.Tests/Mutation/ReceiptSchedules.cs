using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules of steps 4 to 8 in which the downloader cheats, or is about to be cheated.</summary>
internal static class ReceiptSchedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule Challenged { get; } =
        new(
            "the downloader stops after step 5",
            async world =>
            {
                var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                world.Note = document.Origin.Text;
                await TestExchange.RequestAsync(world.Bob, document);
                await Schedules.QuietAsync(world);
            }
        );

    public static Schedule OfAnother { get; } =
        new(
            "the receipt of one exchange is given to another",
            async world =>
            {
                var (exchange, other) = (await Schedules.OpenAsync(world), await Schedules.OpenAsync(world));
                world.Note = other.Challenge.Text;
                var body = new JsonObject { ["nonce"] = other.Nonce, ["signature"] = (await other.SignAsync()).Text };
                await world.AwaitAsync(world.Bob.PostAsync($"/exchanges/{exchange.Id}/receipt", body));
            }
        );

    public static Schedule SignedByAnother { get; } =
        new(
            "the receipt is signed with the key of another party",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                world.Note = $"PARTY#{world.Carol.Id}";
                var receipt = await EvidenceIssuer.IssueAsync(exchange.ReceiptStatement(), world.Carol.Signer);
                await world.AwaitAsync(exchange.SubmitReceiptAsync(receipt.Text));
            }
        );

    public static Schedule SignedWithARetiredKey { get; } =
        new(
            "the receipt is signed with a key whose retirement has taken effect",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                (await world.Bob.DeleteAsync($"/keys/{world.Bob.Signer.KeyId}")).Require(200);
                world.Time.Advance(TimeSpan.FromSeconds(90));
                await Schedules.QuietAsync(world);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
            }
        );

    public static Schedule RetiredMeanwhile { get; } =
        new(
            "a receipt is accepted between the beginning of a retirement and its first write",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                var hold = world.HoldAt("RetireKey", "TransactWriteItems", ":from");
                var retirement = world.Bob.DeleteAsync($"/keys/{world.Bob.Signer.KeyId}");
                await hold.Reached;
                world.Time.Advance(TimeSpan.FromSeconds(1));
                await exchange.SubmitReceiptAsync();
                hold.Release();
                await retirement;
                await world.SettleAsync(Moment);
            }
        );
}
