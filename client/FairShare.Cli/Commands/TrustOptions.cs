using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Trust;
using FairShare.Core.Identifiers;
using FairShare.Log.Notes;

namespace FairShare.Cli.Commands;

/// <summary>
/// Whom a verification believes about the store's keys: what is given on the command line, else what the profile pinned, or saw in a
/// demonstration of its own.
/// </summary>
internal static class TrustOptions
{
    public static Option<string[]> StoreKey { get; } =
        new("--store-key")
        {
            Description = "A thumbprint that the store's seal may have, learnt from elsewhere than the evidence; repeat it for more.",
            HelpName = "KID",
            DefaultValueFactory = _ => [],
        };

    public static Option<string[]> LogKey { get; } =
        new("--log-key")
        {
            Description = "A verifier key that the store's log may have, learnt from elsewhere; repeat it for more.",
            HelpName = "VKEY",
            DefaultValueFactory = _ => [],
        };

    public static Option<string[]> WitnessKey { get; } =
        new("--witness-key")
        {
            Description = "The verifier key of a witness that must have cosigned the log's checkpoint; repeat it for more.",
            HelpName = "VKEY",
            DefaultValueFactory = _ => [],
        };

    public static Option<string[]> StampKey { get; } =
        new("--stamp-key")
        {
            Description = "A thumbprint that the key of the time-stamping authority may have; repeat it for more.",
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

        Add(context, LogKey, text => NoteKey.Parse(text).ToString(), (anchor, keys) => anchor with { LogKeys = keys });
        Add(context, WitnessKey, text => NoteKey.Parse(text).ToString(), (anchor, keys) => anchor with { WitnessKeys = keys });
        Add(context, StampKey, text => KeyId.Parse(text).ToString(), (anchor, keys) => anchor with { StampKeys = keys });
        if (context.Arguments.GetValue(TrustFile) is { } path)
        {
            given.AddRange(
                File.Exists(path)
                    ? new TrustFile(path).ReadAnchors()
                    : throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give another trust file.")
            );
        }

        void Add(CommandContext from, Option<string[]> option, Func<string, string> read, Func<StoreAnchor, string[], StoreAnchor> put)
        {
            if (from.Arguments.GetValue(option) is { Length: > 0 } keys)
            {
                given.Add(put(new StoreAnchor(null, [], $"given with {option.Name}"), [.. keys.Select(read)]));
            }
        }

        return given.Count > 0 ? given : [.. context.Profile.Trust.ReadPins(), .. context.Profile.Demonstrations.ReadDemonstrations()];
    }
}
