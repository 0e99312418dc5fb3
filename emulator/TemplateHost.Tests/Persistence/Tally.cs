namespace TemplateHost.Tests.Persistence;

/// <summary>What became of everything that a run was acknowledged.</summary>
internal sealed class Tally
{
    public int Writes { get; set; }

    public int TimersArmed { get; private set; }

    public int TimersFired { get; private set; }

    public TimeSpan LatestTimer { get; private set; }

    public int ExecutionsStarted { get; set; }

    public int ExecutionsEnded { get; set; }

    public List<string> Lost { get; } = [];

    public List<string> Twice { get; } = [];

    /// <summary>Timers before their time, endings other than the definition's, histories with gaps.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>
    /// Notes a timer: not before when it may fire, when it fired (null for never), and by when it should have, if hosts served then.
    /// How late it was is told and decides nothing: that is the machine's doing.
    /// </summary>
    public void Timer(string what, DateTimeOffset due, DateTimeOffset? fired, HostLives? lives = null, DateTimeOffset? promised = null)
    {
        TimersArmed++;
        if (fired is not { } at)
        {
            Lost.Add($"{what}, due {due:O}, never fired");
            return;
        }

        TimersFired++;
        var late = lives?.ServedBetween(promised ?? due, at) ?? TimeSpan.Zero;
        LatestTimer = late > LatestTimer ? late : LatestTimer;
        if (at < due)
        {
            Wrong.Add($"{what}, due {due:O}, fired {at:O}");
        }
    }

    /// <summary>Notes as lost what was acknowledged and is not there.</summary>
    public void Keep<T>(string what, IEnumerable<T> acknowledged, IEnumerable<T> kept) =>
        Lost.AddRange(acknowledged.Except(kept).Select(missing => $"{what} {missing}"));

    public override string ToString() =>
        $"{Writes} writes acknowledged, lost {Lost.Count}, twice {Twice.Count}, wrong {Wrong.Count}; timers armed "
        + $"{TimersArmed}, fired {TimersFired}, "
        + $"the latest after {LatestTimer.TotalMilliseconds:F0} ms of service; executions started {ExecutionsStarted}, "
        + $"ended {ExecutionsEnded}";
}
