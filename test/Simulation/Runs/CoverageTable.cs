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

        WriteSum(output, coverage);
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

        foreach (var (call, kind) in missed)
        {
            output.WriteLine($"not reached: {kind} at {call.Origin} {call.Service} {call.Operation}");
        }
    }

    private static string Cell(Coverage coverage, CallPoint call, FaultKind kind) =>
        FaultChoices.Impossible(call, kind) is not null ? "–" : coverage.StruckAt(call, kind).ToString(CultureInfo.InvariantCulture);
}
