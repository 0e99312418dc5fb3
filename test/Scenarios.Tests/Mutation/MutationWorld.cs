using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Gateway.Faults;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>One run: an uploader, a downloader and a stranger who are nobody else's, and what they were given.</summary>
internal sealed class MutationWorld : IAsyncDisposable
{
    private const int MostTicks = 60;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private readonly MutationHost host;
    private readonly Defect? defect;
    private readonly List<Hold> holds = [];

    private MutationWorld(MutationHost host, Defect? defect) => (this.host, this.defect) = (host, defect);

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    public TestParty Carol { get; private set; } = null!;

    public TestHost Host => host.Host;

    public ShiftedTime Time => host.Time;

    public FaultPlan Faults => host.Faults;

    /// <summary>Handlers that fail as long as they are here.</summary>
    public HashSet<string> Away { get; } = [];

    /// <summary>What was seen of the run.</summary>
    public Sight Sight { get; private set; } = null!;

    public TableReader Table { get; private set; } = null!;

    /// <summary>The id of a key that none of the parties has; empty for none.</summary>
    public string KeyOfNobody { get; set; } = "";

    /// <summary>What a schedule leaves for its defect to use.</summary>
    public string Note { get; set; } = "";

    public Defect? DefectOf(string function) => defect?.Function == function ? defect : null;

    public static async Task<MutationWorld> EnterAsync(MutationHost host, int run, Defect? defect)
    {
        var world = new MutationWorld(host, defect)
        {
            Alice = await TestParty.JoinAsync(host.Host, $"alice-{run}"),
            Bob = await TestParty.JoinAsync(host.Host, $"bob-{run}"),
            Carol = await TestParty.JoinAsync(host.Host, $"carol-{run}"),
            Table = new TableReader(host.Host),
        };
        world.Sight = new Sight(world);
        host.Functions.Enter(world);
        host.Witness.Told = world.Sight.TakeAsync;
        return world;
    }

    /// <summary>Stops a function before its next such call.</summary>
    public Hold HoldAt(string function, string operation, string marks = "")
    {
        var hold = new Hold(function, operation, marks);
        holds.Add(hold);
        return hold;
    }

    /// <summary>Where each call of a function passes.</summary>
    public async Task PassAsync(string function, string operation, string text)
    {
        foreach (var hold in holds.ToArray())
        {
            await hold.PassAsync(function, operation, text);
        }
    }

    /// <summary>Puts the clock forward until something has happened.</summary>
    public async Task<T> AwaitAsync<T>(Task<T> happening)
    {
        while (!happening.IsCompleted)
        {
            await TickAsync();
        }

        return await happening;
    }

    /// <summary>Puts the clock forward until every exchange has ended, or for this long.</summary>
    public async Task SettleAsync(TimeSpan limit)
    {
        for (var end = Time.GetUtcNow() + limit; Time.GetUtcNow() <= end && !await Sight.HaveAllEndedAsync(); )
        {
            await TickAsync(limit / MostTicks);
        }
    }

    /// <summary>Puts the clock forward for so long, whatever has ended.</summary>
    public async Task LetPassAsync(TimeSpan time)
    {
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end; )
        {
            await TickAsync(time / MostTicks);
        }
    }

    /// <summary>Puts the clock forward a little; less where a function runs, whose time goes by this clock too.</summary>
    /// <param name="step">How little; null for two seconds.</param>
    public async Task TickAsync(TimeSpan? step = null)
    {
        await Task.Delay(Pause);
        Time.Advance(Host.Embedded.RunningInvocations == 0 ? step ?? Step : ShortStep);
    }

    /// <summary>What was broken, once nothing is wrong any more.</summary>
    public async Task<IReadOnlyList<Violation>> JudgeAsync()
    {
        host.Functions.Enter(null);
        await Sight.FinishAsync();
        return Sight.Violations;
    }

    public ValueTask DisposeAsync()
    {
        host.Witness.Told = null;
        host.Functions.Enter(null);
        holds.ForEach(hold => hold.Release());
        Table.Dispose();
        Sight.Dispose();
        Alice.Dispose();
        Bob.Dispose();
        Carol.Dispose();
        return ValueTask.CompletedTask;
    }
}
