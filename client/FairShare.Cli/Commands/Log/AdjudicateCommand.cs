using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Log.Disputes;
using FairShare.Log.Notes;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>adjudicate</c>: what the sides of a dispute present, against each other.</summary>
internal static class AdjudicateCommand
{
    private static readonly Argument<string[]> Claims = new("claim")
    {
        Description = "What a side presents: a bundle, or a folder of evidence with its .tlog-proof files; one or more.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> LogKey = new("--log-key")
    {
        Description = "The log's verifier key; without it the log is left out.",
        HelpName = "KEY",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("adjudicate", "Judge what the sides of a dispute present: whether the exchange took place, and who cheated.")
            {
                Claims,
                LogKey,
                TrustOptions.StoreKey,
                TrustOptions.TrustFile,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var keys = TrustOptions.AnchorsOf(context).SelectMany(anchor => anchor.Keys).ToHashSet();
        if (keys.Count == 0)
        {
            throw new CommandException(
                ExitCode.NotAnchored,
                "no-anchor",
                "No key of the store is known from elsewhere than the claims: whoever made them could have made that key.",
                "Give one with --store-key or --trust."
            );
        }

        var claims = new List<Claim>();
        foreach (var path in context.Arguments.GetRequiredValue(Claims))
        {
            claims.Add(await Claim.ReadAsync(path, cancellationToken));
        }

        var logKey = context.Arguments.GetValue(LogKey) is { } given ? NoteKey.Parse(given) : null;
        var judgement = new Adjudication(keys, logKey).Judge(claims);
        var json = new JsonObject
        {
            ["outcome"] = judgement.Outcome.ToString(),
            ["exchange"] = judgement.Exchange?.ToString(),
            ["statements"] = new JsonArray([.. judgement.Statements.Select(statement => (JsonNode)statement)]),
            ["contradictions"] = new JsonArray([
                .. judgement.Contradictions.Select(contradiction => new JsonObject
                {
                    ["code"] = contradiction.Code,
                    ["against"] = contradiction.Against,
                    ["cheat"] = contradiction.IsCheat,
                    ["detail"] = contradiction.Detail,
                }),
            ]),
        };
        return new CommandResult(
            json,
            [
                .. judgement.Statements,
                .. judgement.Contradictions.Select(one =>
                    $"{(one.IsCheat ? "CHEAT" : "AGAINST")} {one.Against}: {one.Detail} [{one.Code}]"
                ),
                Words(judgement),
            ],
            judgement.Outcome == DisputeOutcome.TookPlace || judgement.Outcome == DisputeOutcome.EndedOtherwise
                ? ExitCode.Ok
                : ExitCode.NotVerified
        );
    }

    private static string Words(Judgement judgement) =>
        judgement.Outcome switch
        {
            DisputeOutcome.TookPlace => $"The exchange {judgement.Exchange} took place: each side was given the other's evidence.",
            DisputeOutcome.EndedOtherwise => $"The exchange {judgement.Exchange} did not take place: it ended otherwise.",
            DisputeOutcome.StoreContradictsItself => "The store contradicts itself: it is shown to have cheated.",
            _ => "How the exchange ended is not shown by what was presented.",
        };
}
