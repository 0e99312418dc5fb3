using FairShare.Client.Transfers;
using Spectre.Console;

namespace FairShare.Cli.Output;

/// <summary>
/// Where a command speaks: answers on standard output, everything else on standard error, which is where bars and questions go too.
/// </summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public TextWriter Output { get; init; } = Console.Out;

    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>Whether bars make sense.</summary>
    public bool ShowsProgress { get; init; } = !Console.IsErrorRedirected;

    /// <summary>Whether somebody can be asked.</summary>
    public bool CanAsk { get; init; } = !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Ends a question that is open.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Asks for something that must not be shown.</summary>
    /// <exception cref="CommandException"><c>nothing-entered</c>.</exception>
    public string AskSecret(string question) =>
        new Question(Error, shown: false).Ask(question, Stop)
        ?? throw new CommandException(ExitCode.Usage, "nothing-entered", "Nothing was entered.", "Run the command again.");

    /// <summary>Asks for one of some answers, until it is one or the beginning of one.</summary>
    /// <returns>The answer; null where the input ended.</returns>
    public string? Ask(string question, IReadOnlyList<string> answers)
    {
        while (new Question(Error, shown: true).Ask($"{question} [{string.Join('/', answers)}]", Stop) is { } given)
        {
            var word = given.Trim();
            if (word.Length > 0 && answers.FirstOrDefault(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Runs work with one bar per phase, on a terminal; without bars elsewhere.</summary>
    public async Task<T> WithProgressAsync<T>(Func<Action<TransferProgress>?, Task<T>> work)
    {
        if (!ShowsProgress)
        {
            return await work(null);
        }

        return await console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn()
            )
            .StartAsync(async context => await work(new Bars(context).Show));
    }

    /// <summary>One bar a phase, made when the phase begins.</summary>
    private sealed class Bars(ProgressContext context)
    {
        private readonly Dictionary<TransferPhase, ProgressTask> bars = [];
        private readonly Lock gate = new();

        public void Show(TransferProgress progress)
        {
            lock (gate)
            {
                if (!bars.TryGetValue(progress.Phase, out var bar))
                {
                    bars[progress.Phase] = bar = context.AddTask(progress.Phase.ToString(), maxValue: Math.Max(1, progress.Total));
                }

                bar.Value = progress.Done;
            }
        }
    }
}
