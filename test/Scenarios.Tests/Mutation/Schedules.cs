using FairShare.Testing;
using TemplateHost.Gateway.Faults;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules of an exchange's course: what the parties do, and what goes wrong meanwhile.</summary>
internal static class Schedules
{
    private const string Write = "TransactWriteItems";
    private const int MostRounds = 400;
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

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

    public static Schedule Aborted { get; } =
        new(
            "the uploader aborts while an exchange is open",
            async world =>
            {
                var (document, _) = await OpenDocumentAsync(world);
                await AbortAsync(world, document);
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule ReceiptAfterAbort { get; } =
        new(
            "a receipt comes after an abort of which the workflow has not heard",
            async world =>
            {
                var (document, exchange) = await OpenDocumentAsync(world);
                world.Away.Add("EndExchanges");
                await AbortAsync(world, document);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.SettleAsync(Moment);
                world.Away.Clear();
                // A repeat finishes what has been left undone.
                await AbortAsync(world, document);
                await QuietAsync(world);
            }
        );

    public static Schedule AbortAfterCompletion { get; } =
        new(
            "the uploader aborts after an exchange has completed",
            async world =>
            {
                var (document, exchange) = await OpenDocumentAsync(world);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await AbortAsync(world, document);
                await QuietAsync(world);
            }
        );

    public static Schedule ReceiptWithinAbort { get; } =
        new(
            "a receipt completes between an abort's count and its write",
            async world =>
            {
                var (document, exchange) = await OpenDocumentAsync(world);
                var hold = world.HoldAt("AbortDocument", Write);
                var abort = AbortAsync(world, document);
                await hold.Reached;
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                hold.Release();
                await world.AwaitAsync(abort);
                await world.SettleAsync(Moment);
                await QuietAsync(world);
            }
        );

    public static Schedule Contention { get; } =
        new(
            "the commit of a receipt meets contention for longer than its retries",
            async world =>
            {
                var exchange = await OpenAsync(world);
                await FailAsync(world, () => exchange.SubmitReceiptAsync());
                await world.SettleAsync(Long);
            }
        );

    public static Schedule ContendedDecline { get; } =
        new(
            "the ending of a declined exchange meets contention for longer than its retries",
            async world =>
            {
                var exchange = await OpenAsync(world);
                await FailAsync(world, () => exchange.DeclineAsync());
                await world.SettleAsync(TimeSpan.FromMinutes(20));
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

    private static async Task FailAsync(MutationWorld world, Func<Task<Answer>> call)
    {
        var before = Refused(world);
        world.Faults.Rules = [new FaultRule(FaultKind.Refuse, 1, "dynamodb", Write, Code: "TransactionCanceledException")];
        var answer = call();
        // The first attempt and four retries; and the party has its answer while nothing has been written.
        for (var round = 0; round < MostRounds && (Refused(world) < before + 5 || !answer.IsCompleted); round++)
        {
            await world.TickAsync();
        }

        world.Faults.Rules = [];
        await answer;
    }

    private static int Refused(MutationWorld world) => world.Faults.Injected.GetValueOrDefault(FaultKind.Refuse);
}
