using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Backup.Standing;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Standing;

/// <summary>What a coordinator keeps, in its table.</summary>
/// <param name="table">The coordinator's table.</param>
public sealed class StandingRepository(ItemTable table)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Reads work; null where there is none of the id.</summary>
    public async Task<HandedWork?> FindAsync(StandingWorkId id, CancellationToken cancellationToken) =>
        await table.GetAsync(StandingItemKeys.Work(id), cancellationToken) is { } found ? Read(id, found) : null;

    /// <summary>Keeps work, until thirty days after its orders are worth nothing.</summary>
    /// <returns>False where there is some of its id; then nothing has changed.</returns>
    public Task<bool> TryCreateAsync(HandedWork work, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(StandingItemKeys.Work(work.Id))
                .With("work", work.Work)
                .With("goodUntil", work.Until)
                .With("phase", work.Phase.ToString())
                .With("round", work.Round)
                .With("roundAt", work.RoundAt)
                .With("epoch", work.Epoch)
                .With("finished", Texts(work.Finished))
                .With("removeAt", (work.Until + Kept).ToUnixTimeSeconds()),
            cancellationToken
        );

    /// <summary>Goes on from a round of active work.</summary>
    /// <param name="next">What is kept from now on.</param>
    /// <param name="round">The round that is over.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where the work is not active any more, or in another round; then nothing has changed.</returns>
    public async Task<bool> TryAdvanceAsync(HandedWork next, int round, CancellationToken cancellationToken)
    {
        var change = new TableWrite.Change(
            StandingItemKeys.Work(next.Id),
            "SET phase = :phase, round = :next, roundAt = :roundAt, epoch = :epoch, finished = :finished",
            "phase = :active AND round = :round",
            new()
            {
                [":active"] = new AttributeValue(nameof(StandingPhase.Active)),
                [":round"] = Number(round),
                [":phase"] = new AttributeValue(next.Phase.ToString()),
                [":next"] = Number(next.Round),
                [":roundAt"] = new AttributeValue(Timestamp.Format(next.RoundAt)),
                [":epoch"] = Number(next.Epoch),
                [":finished"] = new AttributeValue
                {
                    L = [.. Texts(next.Finished).Select(text => new AttributeValue(text))],
                    IsLSet = true,
                },
            }
        );
        return (await table.TryChangeAsync(change, cancellationToken)).Changed;
    }

    /// <summary>Ends active work; other work stays as it is.</summary>
    public Task WithdrawAsync(StandingWorkId id, CancellationToken cancellationToken) =>
        table.TryChangeAsync(
            new TableWrite.Change(
                StandingItemKeys.Work(id),
                "SET phase = :withdrawn",
                "phase = :active",
                new()
                {
                    [":active"] = new AttributeValue(nameof(StandingPhase.Active)),
                    [":withdrawn"] = new AttributeValue(nameof(StandingPhase.Withdrawn)),
                }
            ),
            cancellationToken
        );

    /// <summary>What peers answered in a round.</summary>
    public async Task<IReadOnlyList<CarriedAnswer>> AnswersAsync(StandingWorkId id, int round, CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(StandingItemKeys.Work(id).Partition, StandingItemKeys.AnswersOf(round), cancellationToken);
        return [.. items.Select(item => ReadAnswer(round, item))];
    }

    /// <summary>Keeps an answer for thirty days, in place of an earlier one to the same.</summary>
    public Task KeepAnswerAsync(StandingWorkId id, CarriedAnswer answer, CancellationToken cancellationToken) =>
        table.PutAsync(
            new Item(StandingItemKeys.Answer(id, answer))
                .With("step", answer.Step)
                .With("peer", answer.Peer)
                .With("answeredAt", answer.At)
                .With("failure", answer.Failure)
                .With("answer", answer.Answer)
                .With("restarts", answer.Restarts == 0 ? null : answer.Restarts)
                .With("removeAt", (answer.At + Kept).ToUnixTimeSeconds()),
            cancellationToken
        );

    private static HandedWork Read(StandingWorkId id, Item item) =>
        new(id, item.Text("work"), item.Time("goodUntil"))
        {
            Phase = Enum.Parse<StandingPhase>(item.Text("phase")),
            Round = (int)(item.OptionalNumber("round") ?? 1),
            RoundAt = item.Time("roundAt"),
            Epoch = item.OptionalNumber("epoch") ?? 0,
            Finished = [.. item.List("finished").Select(text => int.Parse(text, CultureInfo.InvariantCulture))],
        };

    private static CarriedAnswer ReadAnswer(int round, Item item) =>
        new(
            round,
            item.Text("step"),
            (int)(item.OptionalNumber("peer") ?? 0),
            item.Time("answeredAt"),
            item.OptionalText("failure"),
            item.OptionalText("answer") ?? "",
            (int)(item.OptionalNumber("restarts") ?? 0)
        );

    private static IReadOnlyList<string> Texts(IEnumerable<int> numbers) =>
        [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
