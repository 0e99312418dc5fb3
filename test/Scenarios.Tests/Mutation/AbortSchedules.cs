namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules in which the uploader aborts.</summary>
internal static class AbortSchedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule Aborted { get; } =
        new(
            "the uploader aborts while an exchange is open",
            async world =>
            {
                var (document, _) = await Schedules.OpenDocumentAsync(world);
                await Schedules.AbortAsync(world, document);
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule ReceiptAfterAbort { get; } =
        new(
            "a receipt comes after an abort of which the workflow has not heard",
            async world =>
            {
                var (document, exchange) = await Schedules.OpenDocumentAsync(world);
                world.Away.Add("EndExchanges");
                await Schedules.AbortAsync(world, document);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.SettleAsync(Moment);
                world.Away.Clear();
                // A repeat finishes what has been left undone.
                await Schedules.AbortAsync(world, document);
                await Schedules.QuietAsync(world);
            }
        );

    public static Schedule AbortAfterCompletion { get; } =
        new(
            "the uploader aborts after an exchange has completed",
            async world =>
            {
                var (document, exchange) = await Schedules.OpenDocumentAsync(world);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await Schedules.AbortAsync(world, document);
                await Schedules.QuietAsync(world);
            }
        );

    public static Schedule ReceiptWithinAbort { get; } =
        new(
            "a receipt completes between an abort's count and its write",
            async world =>
            {
                var (document, exchange) = await Schedules.OpenDocumentAsync(world);
                var hold = world.HoldAt("AbortDocument", "TransactWriteItems");
                var abort = Schedules.AbortAsync(world, document);
                await hold.Reached;
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                hold.Release();
                await world.AwaitAsync(abort);
                await world.SettleAsync(Moment);
                await Schedules.QuietAsync(world);
            }
        );
}
