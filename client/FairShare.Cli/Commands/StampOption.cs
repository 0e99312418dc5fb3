using System.CommandLine;

namespace FairShare.Cli.Commands;

/// <summary>Whether evidence is stamped before it is handed in, on a command line.</summary>
internal static class StampOption
{
    public static Option<bool> Stamp { get; } =
        new("--stamp") { Description = "Have your evidence stamped by the time-stamping authority, and attach the stamp." };
}
