using System.Text.Json.Nodes;
using FairShare.Client.Exchange;

namespace FairShare.Cli.Demo;

/// <summary>Prints the protocol's messages as they happen: who, to whom, what, how long.</summary>
internal sealed class DemoNarrator(TextWriter output, bool silent)
{
    private readonly List<string> held = [];
    private bool holding;

    public JsonArray Steps { get; } = [];

    public void Say(string line)
    {
        if (holding)
        {
            held.Add(line);
        }
        else if (!silent)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>One message; A and B have names here.</summary>
    public void Step(StepReport step)
    {
        var (from, to) = (NameOf(step.From), NameOf(step.To));
        Steps.Add(
            new JsonObject
            {
                ["step"] = step.Step,
                ["from"] = from,
                ["to"] = to,
                ["what"] = step.What,
                ["milliseconds"] = Math.Round(step.Took.TotalMilliseconds, 1),
            }
        );
        Say(FormattableString.Invariant($"{step.Step, 8}  {from, -5} -> {to, -5}  {step.Took.TotalMilliseconds, 8:0} ms  {step.What}"));
    }

    /// <summary>While a bar owns the terminal, lines wait.</summary>
    public async Task<T> HoldAsync<T>(bool hold, Func<Task<T>> work)
    {
        holding = hold;
        try
        {
            return await work();
        }
        finally
        {
            holding = false;
            held.ForEach(Say);
            held.Clear();
        }
    }

    private static string NameOf(string role) =>
        role switch
        {
            "A" => "Alice",
            "B" => "Bob",
            _ => role,
        };
}
