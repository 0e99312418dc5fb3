using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules of an exchange's course in which nobody cheats and nothing fails.</summary>
internal static class Schedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule Completes { get; } =
        new(
            "an exchange completes",
            async world =>
            {
                var exchange = await OpenAsync(world);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule Declined { get; } =
        new(
            "an exchange is declined",
            async world =>
            {
                var exchange = await OpenAsync(world);
                await world.AwaitAsync(exchange.DeclineAsync());
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule Expires { get; } =
        new(
            "an exchange passes its deadline",
            async world =>
            {
                await OpenAsync(world, deadlineSeconds: 60);
                await world.SettleAsync(TimeSpan.FromMinutes(5));
            }
        );

    public static Schedule AskedAfterDeadline { get; } =
        new(
            "a receipt comes in time, and the downloader asks for the state past the deadline, before the workflow has heard of it",
            async world =>
            {
                var exchange = await OpenAsync(world, deadlineSeconds: 60);
                var due = exchange.Challenge.Statement.Due!.Value;
                world.Time.Advance(due - TimeSpan.FromSeconds(10) - world.Time.GetUtcNow());
                var hold = world.HoldAt("SubmitReceipt", "SendTaskSuccess");
                var receipt = exchange.SubmitReceiptAsync();
                await Task.WhenAny(hold.Reached, receipt);
                world.Time.Advance(due + TimeSpan.FromSeconds(4) - world.Time.GetUtcNow());
                await exchange.StateAsync(world.Bob);
                hold.Release();
                (await world.AwaitAsync(receipt)).Require(200);
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule LateReceipt { get; } =
        new(
            "a receipt comes shortly before the deadline",
            async world =>
            {
                var exchange = await OpenAsync(world, deadlineSeconds: 60);
                world.Time.Advance(TimeSpan.FromSeconds(50));
                await Task.Delay(100);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.SettleAsync(Moment);
            }
        );

    /// <summary>A document on deposit and an open exchange of it.</summary>
    public static async Task<TestExchange> OpenAsync(MutationWorld world, int? deadlineSeconds = null) =>
        (await OpenDocumentAsync(world, deadlineSeconds)).Exchange;

    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<(TestDocument Document, TestExchange Exchange)> OpenDocumentAsync(
        MutationWorld world,
        int? deadlineSeconds = null
    )
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document, deadlineSeconds);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        return (document, exchange);
    }

    public static Task<Answer> AbortAsync(MutationWorld world, TestDocument document, TestParty? by = null) =>
        world.AwaitAsync((by ?? world.Alice).PostAsync($"/documents/{document.Id}/abort"));

    /// <summary>Waits until queues and functions have nothing left to do now.</summary>
    public static Task QuietAsync(MutationWorld world) => Quiet.UntilAsync([world.Host.Embedded]);
}
