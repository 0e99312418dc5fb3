using System.Globalization;
using FairShare.Simulation.Faults;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Runs;

/// <summary>The table of fault points and steps: how often each fault struck each call that any step makes.</summary>
internal static class CoverageTable
{
    public static void Write(TextWriter output, Coverage coverage)
    {
        output.WriteLine($"| step | call | made | {string.Join(" | ", FaultChoices.All)} |");
        output.WriteLine($"| --- | --- | ---: |{string.Concat(FaultChoices.All.Select(_ => " ---: |"))}");
        foreach (var call in coverage.Calls.OrderBy(call => ProtocolSteps.Of(call.Origin), StringComparer.Ordinal))
        {
            var cells = FaultChoices.All.Select(kind => Cell(coverage, call, kind));
            output.WriteLine(
                $"| {ProtocolSteps.Of(call.Origin)} | {call.Origin} {call.Service} {call.Operation} | {coverage.Passed(call)} | "
                    + $"{string.Join(" | ", cells)} |"
            );
        }

        WriteSteps(output, coverage);
        WriteSum(output, coverage);
    }

    /// <summary>The same, summed up by step.</summary>
    private static void WriteSteps(TextWriter output, Coverage coverage)
    {
        foreach (
            var step in coverage.Calls.GroupBy(call => ProtocolSteps.Of(call.Origin)).OrderBy(step => step.Key, StringComparer.Ordinal)
        )
        {
            var sums = FaultChoices.All.Select(kind =>
                step.All(call => FaultChoices.Impossible(call, kind) is not null)
                    ? "–"
                    : $"{step.Sum(call => coverage.StruckAt(call, kind))}"
            );
            output.WriteLine($"| {step.Key} | {step.Count()} | {string.Join(" | ", sums)} |");
        }
    }

    private static void WriteSum(TextWriter output, Coverage coverage)
    {
        var cells = coverage.Calls.SelectMany(call => FaultChoices.All.Select(kind => (Call: call, Kind: kind))).ToList();
        var possible = cells.Where(cell => FaultChoices.Impossible(cell.Call, cell.Kind) is null).ToList();
        var missed = possible.Where(cell => coverage.StruckAt(cell.Call, cell.Kind) == 0).ToList();
        output.WriteLine($"cells: {possible.Count - missed.Count} of {possible.Count} reached");
        foreach (
            var reasons in cells
                .Except(possible)
                .GroupBy(cell => FaultChoices.Impossible(cell.Call, cell.Kind)!)
                .OrderBy(group => group.Key)
        )
        {
            output.WriteLine($"– in {reasons.Count()} cells cannot happen: {reasons.Key}");
        }

        foreach (var calls in missed.GroupBy(cell => cell.Call))
        {
            var (call, made) = (calls.Key, coverage.Passed(calls.Key));
            output.WriteLine(
                $"not reached: {call.Origin} {call.Service} {call.Operation}, made {made} times: "
                    + string.Join(' ', calls.Select(cell => cell.Kind))
            );
        }
    }

    private static string Cell(Coverage coverage, CallPoint call, FaultKind kind) =>
        FaultChoices.Impossible(call, kind) is not null ? "–" : coverage.StruckAt(call, kind).ToString(CultureInfo.InvariantCulture);
}
