using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>log</c>: what a service's transparency log says, verified.</summary>
internal static class LogCommand
{
    private static readonly Argument<string> Token = new("token")
    {
        Description = "A file with a token, for example nro.jws; or its hash.",
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Also write the proof to this file.", HelpName = "FILE" };

    private static readonly Argument<long> OldSize = new("old-size") { Description = "The size of the older checkpoint." };

    private static readonly Option<string?> OldCheckpoint = new("--checkpoint")
    {
        Description = "The older checkpoint itself, kept in a file; without it the old root is the log's own word.",
        HelpName = "FILE",
    };

    public static Command Create(CommandRunner runner) =>
        new("log", "Read a service's transparency log: checkpoints, and proofs of tokens and of consistency.")
        {
            runner.Attach(
                new Command("checkpoint", "Show the log's newest checkpoint.") { LogOptions.Service, LogOptions.Key },
                ShowCheckpointAsync
            ),
            runner.Attach(
                new Command("proof", "Fetch and verify the proof that a token stands in the log.")
                {
                    Token,
                    Out,
                    WitnessOptions.Address,
                    WitnessOptions.Key,
                    LogOptions.Service,
                    LogOptions.Key,
                },
                ShowProofAsync
            ),
            runner.Attach(
                new Command("consistency", "Prove that the log goes on from an older checkpoint.")
                {
                    OldSize,
                    OldCheckpoint,
                    LogOptions.Service,
                    LogOptions.Key,
                },
                ShowConsistencyAsync
            ),
            BackfillCommand.Create(runner),
        };

    private static async Task<CommandResult> ShowCheckpointAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (log, key, isAnchored) = await LogOptions.OpenAsync(context, cancellationToken);
        var note = await log.FindCheckpointAsync(cancellationToken) ?? throw NothingYet();
        var checkpoint = Open(note, key);
        var json = new JsonObject
        {
            ["origin"] = checkpoint.Origin,
            ["size"] = checkpoint.Size,
            ["root"] = checkpoint.Root.ToBase64(),
            ["note"] = note.ToString(),
            ["anchored"] = isAnchored,
        };
        return new CommandResult(json, [.. note.ToString().TrimEnd('\n').Split('\n'), .. LogOptions.Caution(isAnchored, key)]);
    }

    private static async Task<CommandResult> ShowProofAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Arguments.GetRequiredValue(Token);
        var output = context.Arguments.GetValue(Out) is { } named ? NewFile.Require(named) : null;
        var leaf = File.Exists(given) ? LogLeaf.OfToken((await File.ReadAllTextAsync(given, cancellationToken)).Trim()) : null;
        var hash = leaf?.TokenHash ?? Sha256Digest.Parse(given);
        var (log, key, isAnchored) = await LogOptions.OpenAsync(context, cancellationToken);
        var proof =
            await log.FindProofAsync(hash, cancellationToken)
            ?? throw new CommandException(
                ExitCode.NotVerified,
                "not-in-log",
                $"The log does not have the token {hash}, or not yet.",
                "Tokens enter the log within a minute or two; ten minutes are the most that is allowed."
            );
        foreach (var witness in WitnessOptions.Of(context))
        {
            proof = proof with { Note = proof.Note.With(await witness.CosignAsync(proof.Note, log, cancellationToken)) };
        }

        var checkpoint = leaf is null ? Open(proof.Note, key) : proof.Verify(leaf, key);
        if (output is not null)
        {
            await File.WriteAllTextAsync(output, proof.ToString(), cancellationToken);
        }

        var verdict = leaf is null
            ? "The hash alone does not say what it is of: give the token to have the proof verified."
            : $"The token {hash} ({leaf.Kind}) is leaf {proof.Index} of {checkpoint.Size}.";
        var json = new JsonObject
        {
            ["index"] = proof.Index,
            ["size"] = checkpoint.Size,
            ["kind"] = leaf?.Kind,
            ["verified"] = leaf is not null,
            ["anchored"] = isAnchored,
            ["proof"] = proof.ToString(),
        };
        return new CommandResult(json, [.. proof.ToString().TrimEnd('\n').Split('\n'), verdict, .. LogOptions.Caution(isAnchored, key)]);
    }

    private static async Task<CommandResult> ShowConsistencyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var oldSize = context.Arguments.GetRequiredValue(OldSize);
        var (log, key, isAnchored) = await LogOptions.OpenAsync(context, cancellationToken);
        var checkpoint = Open(await log.FindCheckpointAsync(cancellationToken) ?? throw NothingYet(), key);
        if (oldSize < 0 || oldSize > checkpoint.Size)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"0 to {checkpoint.Size}");
            throw new CommandException(ExitCode.Usage, "invalid-size", $"The old size is from {range}.", "Give another size.");
        }

        var old = context.Arguments.GetValue(OldCheckpoint) is { } path
            ? Open(SignedNote.Parse(await File.ReadAllTextAsync(path, cancellationToken)), key)
            : null;
        var tree = log.TreeOf(checkpoint.Size);
        var oldRoot = old?.Root ?? await log.TreeOf(checkpoint.Size).RootOfAsync(oldSize, cancellationToken);
        var proof = await tree.ProveConsistencyAsync(oldSize, cancellationToken);
        var holds = (old is null || old.Size == oldSize) && proof.Verify(oldRoot, checkpoint.Root);
        var json = new JsonObject
        {
            ["oldSize"] = oldSize,
            ["size"] = checkpoint.Size,
            ["holds"] = holds,
            ["anchored"] = isAnchored && old is not null,
            ["hashes"] = new JsonArray([.. proof.Hashes.Select(hash => (JsonNode)hash.ToBase64())]),
        };
        var sizes = string.Create(CultureInfo.InvariantCulture, $"{oldSize} leaves to {checkpoint.Size}");
        var verdict = holds ? $"The log goes on from {sizes}." : $"REFUSED. The log does not go on from {sizes}.";
        return new CommandResult(
            json,
            [.. proof.Hashes.Select(hash => hash.ToBase64()), verdict, .. LogOptions.Caution(isAnchored, key)],
            holds ? ExitCode.Ok : ExitCode.NotVerified
        );
    }

    private static Checkpoint Open(SignedNote note, NoteKey key)
    {
        try
        {
            return Checkpoint.Open(note, key);
        }
        catch (ProtocolException fault)
        {
            throw new CommandException(ExitCode.NotVerified, fault.Code, fault.Message, "Keep what was received: it shows the fault.");
        }
    }

    private static FairShareProblem NothingYet() => new("not-in-log", 404, "The log has no checkpoint yet.");
}
