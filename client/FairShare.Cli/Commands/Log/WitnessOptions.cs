using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Log;
using FairShare.Log.Notes;

namespace FairShare.Cli.Commands.Log;

/// <summary>Which witnesses are to cosign a checkpoint, on a command line.</summary>
internal static class WitnessOptions
{
    public static Option<string[]> Address { get; } =
        new("--witness")
        {
            Description = "The address of a witness to cosign the checkpoint of the log; repeat it for more.",
            HelpName = "URL",
            DefaultValueFactory = _ => [],
        };

    public static Option<string[]> Key { get; } =
        new("--witness-key")
        {
            Description = "The verifier key of the witness, in the order of --witness.",
            HelpName = "KEY",
            DefaultValueFactory = _ => [],
        };

    /// <summary>The witnesses, in the order in which they are named.</summary>
    public static IReadOnlyList<WitnessClient> Of(CommandContext context)
    {
        var (addresses, keys) = (context.Arguments.GetValue(Address) ?? [], context.Arguments.GetValue(Key) ?? []);
        return addresses.Length == keys.Length
            ? [.. addresses.Zip(keys, (address, key) => new WitnessClient(context.Connect(address), NoteKey.Parse(key)))]
            : throw new CommandException(
                ExitCode.Usage,
                "usage",
                "Each --witness needs its --witness-key.",
                "Ask who runs the witness for its key; fairshare witness --show-key prints one."
            );
    }
}
