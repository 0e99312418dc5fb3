using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Output;

/// <summary>Checks as people read them, a line each.</summary>
internal static class Checks
{
    public static IEnumerable<string> Lines(IEnumerable<EvidenceCheck> checks) =>
        checks.Select(check => $"{(check.Passed ? "ok  " : "FAIL")}  {check.Name, -20}  {check.Detail}");
}
