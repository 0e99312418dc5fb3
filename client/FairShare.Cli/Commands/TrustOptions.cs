using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Trust;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands;

/// <summary>Whom a verification believes about the store's keys: what is given on the command line, else what the profile pinned, or saw in a demonstration of its own.</summary>
internal static class TrustOptions
{
    public static Option<string[]> StoreKey { get; } =
        new("--store-key")
        {
            Description = "A thumbprint that the store's seal may have, learnt from elsewhere than the evidence; repeat it for more.",
            HelpName = "KID",
            DefaultValueFactory = _ => [],
        };

    public static Option<string?> TrustFile { get; } =
        new("--trust") { Description = "A file that names stores and their keys (default: the profile's pins).", HelpName = "FILE" };

    /// <summary>The anchors: those that are given, and where none is, the profile's.</summary>
    /// <exception cref="CommandException">The trust file is missing.</exception>
    public static IReadOnlyList<StoreAnchor> AnchorsOf(CommandContext context)
    {
        List<StoreAnchor> given = [];
        if (context.Arguments.GetValue(StoreKey) is { Length: > 0 } keys)
        {
            given.Add(new StoreAnchor(null, [.. keys.Select(KeyId.Parse)], "given with --store-key"));
        }

        if (context.Arguments.GetValue(TrustFile) is { } path)
        {
            given.AddRange(
                File.Exists(path)
                    ? new TrustFile(path).ReadAnchors()
                    : throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give another trust file.")
            );
        }

        return given.Count > 0 ? given : [.. context.Profile.Trust.ReadPins(), .. context.Profile.Demonstrations.ReadDemonstrations()];
    }
}
