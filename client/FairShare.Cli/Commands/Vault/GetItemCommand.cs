using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Items;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using Microsoft.Win32.SafeHandles;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault get</c>: fetches an item.</summary>
internal static class GetItemCommand
{
    private const string StandardOutput = "-";
    private const int NameLength = 8;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where it goes (default: here); - is standard output: what was piped in as it was, anything else as tar.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "What the file is called, where the content was piped in (default: vault- and the beginning of the item's id).",
    };

    private static readonly Option<string?> Raw = new("--raw")
    {
        Description = "Write the stored object to this file as it is, encrypted: age -d opens it.",
        HelpName = "FILE",
    };

    private static readonly Option<long?> MaxSize = new("--max-size")
    {
        Description = "The most bytes of content that are taken (default: what the disk has room for).",
        HelpName = "BYTES",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("get", "Fetch what was stored, by its code and its password.")
            {
                VaultOptions.Code,
                Out,
                Name,
                Raw,
                MaxSize,
                VaultOptions.PasswordFile,
                VaultOptions.NoPassword,
                AccountCommands.Service,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ItemReference.Read(context);
        var destination = DestinationOf(context, reference.Code);
        var service = reference.ServiceIn(context);
        var password =
            reference.Code.Mode == VaultMode.Password
                ? context.Secrets.ItemPassword(context.Arguments.GetValue(VaultOptions.PasswordFile), isNew: false)
                : null;
        using var session = new VaultSession(context);
        var get = session.Get(
            session.Client(service),
            context.Arguments.GetValue(MaxSize) ?? RoomFor(destination),
            opened =>
                context.Amend = failure =>
                    failure with
                    {
                        Stands =
                            $"The item was opened; until {Timestamp.Format(opened.Answer.TicketUntil)} the same command costs no "
                            + "further open.",
                    }
        );
        var received = await context.Terminal.WithProgressAsync(progress =>
            get.RunAsync(reference.Code, password, destination, progress, cancellationToken)
        );
        return Describe(received, destination);
    }

    private static VaultDestination DestinationOf(CommandContext context, VaultCode code)
    {
        var (folder, raw) = (context.Arguments.GetValue(Out)!, context.Arguments.GetValue(Raw));
        if (raw is not null)
        {
            return new VaultDestination.ObjectFile(raw);
        }

        if (folder != StandardOutput)
        {
            var name = context.Arguments.GetValue(Name) ?? $"vault-{SecretDerivation.ItemId(code.Secret).ToString()[..NameLength]}";
            return Path.GetFileName(name) == name && name is not ("." or "..")
                ? new VaultDestination.Folder(folder, name)
                : throw new CommandException(ExitCode.Usage, "usage", "--name is a name without folders.", "Give the folder with --out.");
        }

        return context.Json
            ? throw new CommandException(ExitCode.Usage, "usage", "--out - and --json both write to standard output.", "Leave one out.")
            : new VaultDestination.Output(OpenOutput());
    }

    // The console's own stream takes a reader that has gone away for one that has read everything.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // Of a file, it would leave the place behind at which others go on writing.
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }

    // An archive of a megabyte may expand to a terabyte.
    private static long RoomFor(VaultDestination destination)
    {
        try
        {
            return destination is VaultDestination.Folder folder
                ? new DriveInfo(Existing(Path.GetFullPath(folder.Path))).AvailableFreeSpace
                : long.MaxValue;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not tell may have room.
            return long.MaxValue;
        }
    }

    private static string Existing(string path) => Directory.Exists(path) ? path : Existing(Path.GetDirectoryName(path)!);

    private static CommandResult Describe(ReceivedItem item, VaultDestination destination)
    {
        var json = new JsonObject
        {
            ["kind"] = item.Kind?.ToString().ToLowerInvariant() ?? "object",
            ["paths"] = new JsonArray([.. item.Paths.Select(path => JsonValue.Create(path))]),
            ["size"] = item.Length,
            ["files"] = item.Tree?.Files,
            ["folders"] = item.Tree?.Folders,
            ["links"] = item.Tree?.SymbolicLinks,
            ["opensLeft"] = item.OpensLeft,
        };
        return new(json, destination is VaultDestination.Output ? [] : [.. Lines(item)]);
    }

    private static IEnumerable<string> Lines(ReceivedItem item)
    {
        var what = item switch
        {
            { Kind: null } => "the object as it is stored",
            { Tree: { } tree } => $"{tree.Files} files, {tree.Folders} folders, {tree.SymbolicLinks} links, verified",
            _ => "verified",
        };
        yield return $"Fetched {string.Join(", ", item.Paths)}: {item.Length} bytes, {what}.";
        if (item.OpensLeft is { } left)
        {
            yield return left == 0 ? "That was its last open: it is erased." : $"It can be opened {left} times more.";
        }
    }
}
