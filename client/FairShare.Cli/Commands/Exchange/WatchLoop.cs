using System.Text.Json.Nodes;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// Looks again and again, until interrupted. What fails for a while, a service that cannot be reached or a file that it refuses, is said
/// once and tried again later; what needs somebody, such as a session that has ended, ends it.
/// </summary>
/// <param name="context">The command's.</param>
internal sealed class WatchLoop(CommandContext context)
{
    // No file, document or exchange is called so.
    private const string Look = "look/";

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // What only somebody who logs in can mend.
    private static readonly int[] Ending = [ExitCode.NotLoggedIn, ExitCode.NoKey, ExitCode.Interrupted];

    private readonly Dictionary<string, (int Failures, DateTimeOffset Until, string Said)> failing = [];

    /// <summary>Whether something is due: not among what failed, or long enough ago.</summary>
    public bool IsDue(string what) => !failing.TryGetValue(what, out var state) || state.Until <= context.Time.GetUtcNow();

    /// <summary>Whether anything failed, and was not put right since.</summary>
    public bool HasFailures => failing.Count > 0;

    /// <summary>Runs looks.</summary>
    /// <param name="lookAsync">Does what there is to do; false when something is left that only waits.</param>
    /// <param name="cancellationToken">Interrupted.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> lookAsync, CancellationToken cancellationToken)
    {
        var (interval, once) = (WatchOptions.IntervalOf(context), context.Arguments.GetValue(WatchOptions.Once));
        try
        {
            while (true)
            {
                var isDone = false;
                await AttemptAsync(Look, async () => isDone = await lookAsync(cancellationToken));
                if (once && (isDone || HasFailures))
                {
                    return;
                }

                await Task.Delay(interval, context.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how it is meant to end.
        }
    }

    /// <summary>Does something that may fail for a while.</summary>
    /// <param name="what">What it is about; the same thing is put off for longer each time that it fails.</param>
    /// <param name="work">What to do.</param>
    public async Task AttemptAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
            failing.Remove(what);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || Failure.Of(fault).ExitCode == ExitCode.Unreachable)
        {
            var failure = context.Amend(Failure.Of(fault));
            if (Ending.Contains(failure.ExitCode))
            {
                throw;
            }

            PutOff(what, failure);
        }
        finally
        {
            context.Amend = one => one;
        }
    }

    /// <summary>Says what happened, at once: for machines one line of JSON.</summary>
    public void Say(JsonObject json, params IReadOnlyList<string> lines) =>
        new CommandResult(json, lines).Write(context.Terminal.Output, context.Json);

    private void PutOff(string what, Failure failure)
    {
        var known = failing.GetValueOrDefault(what);
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 5 * Math.Pow(2, known.Failures)));
        failing[what] = (known.Failures + 1, context.Time.GetUtcNow() + pause, failure.Line);
        if (known.Said != failure.Line)
        {
            // What a command that ends says to do next is done here without anybody.
            var about = what == Look ? "" : $"{what}: ";
            var line = TerminalText.Of(
                $"{about}{failure.Message} [{failure.Code}] Tried again in {pause.TotalSeconds:0} s, and then more seldom."
            );
            context.Terminal.Error.WriteLine(context.Json ? CommandResult.ToText(failure.ToJson()) : line);
        }
    }
}
