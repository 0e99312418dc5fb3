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

    /// <summary>Asks for something that must not be shown.</summary>
    public string AskSecret(string question) => console.Prompt(new TextPrompt<string>(Markup.Escape(question)).Secret());

    /// <summary>Asks for one of some answers.</summary>
    public Task<string> AskAsync(string question, IReadOnlyList<string> answers, CancellationToken cancellationToken) =>
        new TextPrompt<string>(Markup.Escape(question)).AddChoices(answers).ShowAsync(console, cancellationToken);

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
