using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Files;
using FairShare.Client.Log;
using FairShare.Core.Identifiers;
using FairShare.Log.Notes;
using FairShare.Log.Witnesses;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>witness</c>: cosigns the checkpoints of logs, for others to demand.</summary>
internal static class WitnessCommand
{
    private const int SeedLength = 32;

    private static readonly Option<string> Folder = new("--data")
    {
        Description = "The folder with the witness's key and with what it cosigned; made where it is missing.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "The witness's name, an address without scheme, for a key that is made now.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "witness.example",
    };

    private static readonly Option<string[]> Logs = new("--log-key")
    {
        Description = "The verifier key of a log to cosign; repeat it for more.",
        HelpName = "KEY",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of the witness, on this machine alone.",
        DefaultValueFactory = _ => 8443,
    };

    private static readonly Option<bool> ShowKey = new("--show-key") { Description = "Print the witness's verifier key, and end." };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("witness", "Cosign checkpoints of logs that go on from the last one (C2SP tlog-witness), until Ctrl-C.")
            {
                Folder,
                Name,
                Logs,
                Port,
                ShowKey,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(context.Arguments.GetRequiredValue(Folder));
        var signer = OpenKey(folder, context.Arguments.GetValue(Name)!);
        var json = new JsonObject { ["key"] = signer.Key.ToString() };
        if (context.Arguments.GetValue(ShowKey))
        {
            return new CommandResult(json, [signer.Key.ToString()]);
        }

        List<NoteKey> logs = [.. (context.Arguments.GetValue(Logs) ?? []).Select(NoteKey.Parse)];
        if (logs.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, "usage", "It is not said whose checkpoints to cosign.", "Give --log-key KEY.");
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{context.Arguments.GetValue(Port)}/");
        var server = new WitnessServer(new Witness(signer, logs), new WitnessStore(folder), context.Time);
        await server.RunAsync(address, () => context.Terminal.Output.WriteLine($"{signer.Key} at {address}"), cancellationToken);
        return new CommandResult(json, ["Stopped."]);
    }

    private static NoteSigner OpenKey(string folder, string name)
    {
        var path = Path.Combine(folder, "witness.key");
        if (!File.Exists(path))
        {
            var seed = new byte[SeedLength];
            new SystemRandomness().Fill(seed);
            PrivateFile.Write(path, Encoding.UTF8.GetBytes(new NoteSigner(name, NoteKeyKind.Cosignature, seed).ToSecretText() + "\n"));
        }

        return NoteSigner.Parse(File.ReadAllText(path).TrimEnd());
    }
}
