using System.CommandLine;

namespace FairShare.Cli.Commands;

/// <summary>Whether another receipt is signed for a document for which one was given, on a command line.</summary>
internal static class AgainOption
{
    public static Option<bool> Again { get; } =
        new("--again")
        {
            Description = "Begin another exchange, or with --exchange go on with one, and sign another receipt although one was given.",
        };
}
