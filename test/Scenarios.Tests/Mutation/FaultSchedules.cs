using FairShare.Testing;
using TemplateHost.Gateway.Faults;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules in which the table fails.</summary>
internal static class FaultSchedules
{
    private const string Write = "TransactWriteItems";
    private const int MostRounds = 400;

    public static Schedule Contention { get; } =
        new(
            "the commit of a receipt meets contention for longer than its retries",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                await FailAsync(world, () => exchange.SubmitReceiptAsync());
                await world.SettleAsync(TimeSpan.FromMinutes(10));
            }
        );

    public static Schedule ContendedDecline { get; } =
        new(
            "the ending of a declined exchange meets contention for longer than its retries",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                await FailAsync(world, () => exchange.DeclineAsync());
                await world.SettleAsync(TimeSpan.FromMinutes(20));
            }
        );

    public static Schedule LostCommit { get; } =
        new(
            "the answers to the commit are lost until its request token is forgotten",
            async world =>
            {
                var exchange = await Schedules.OpenAsync(world);
                world.Faults.Rules = [new FaultRule(FaultKind.CutAfter, 1, "dynamodb", Write)];
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.LetPassAsync(TimeSpan.FromMinutes(11));
                world.Faults.Rules = [];
                // The longest pause between two attempts, and what follows.
                await world.LetPassAsync(TimeSpan.FromMinutes(20));
                await Schedules.QuietAsync(world);
            }
        );

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
