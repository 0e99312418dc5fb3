using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Http;

namespace FairShare.Cli.Commands;

/// <summary>Which authority is to stamp a checkpoint, on a command line.</summary>
internal static class StampAuthorityOption
{
    public static Option<string?> Address { get; } =
        new("--stamp-authority")
        {
            Description = "Have the checkpoint of the log stamped by this authority (RFC 3161 over HTTP) instead of the store's own.",
            HelpName = "URL",
        };

    /// <summary>The authority; null where none is named.</summary>
    public static TimestampClient? Of(CommandContext context) =>
        context.Arguments.GetValue(Address) is not { } given ? null
        : Uri.TryCreate(given, UriKind.Absolute, out var address) ? new TimestampClient(context.Connect(given), address)
        : throw new CommandException(
            ExitCode.Usage,
            "invalid-url",
            $"{given} is not the address of a time-stamping authority.",
            "Give one like http://tsa.example/tsr."
        );
}
