using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Digests;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What <c>put</c> answers.</summary>
internal static class PutAnswers
{
    /// <summary>The deposits: one as an object of its own, several as a list.</summary>
    public static CommandResult Deposited(IReadOnlyList<(Deposit Deposit, string? Said)> deposits, IReadOnlyList<FoundParty> found)
    {
        var json = deposits is [var only]
            ? Describe(only)
            : new JsonObject { ["documents"] = new JsonArray([.. deposits.Select(Describe)]) };
        if (found.Count > 0)
        {
            json["found"] = new JsonArray([
                .. found.Select(one => new JsonObject { ["email"] = one.Email, ["party"] = one.Party.ToString() }),
            ]);
        }

        return new CommandResult(
            json,
            [.. found.Select(one => $"{one.Email} is party {one.Party}, says the service."), .. deposits.SelectMany(Lines)]
        );
    }

    /// <summary>What is deposited although a later one failed.</summary>
    public static string Stands(IReadOnlyList<(Deposit Deposit, string? Said)> deposits) =>
        $"Deposited before it: {string.Join(", ", deposits.Select(one => $"{one.Deposit.Document.Name} as {one.Deposit.Document.Id}"))}.";

    private static JsonObject Describe((Deposit Deposit, string? Said) one)
    {
        var document = one.Deposit.Document;
        var digest = document.RequireDigest();
        var json = new JsonObject
        {
            ["fileId"] = document.Id.ToString(),
            ["name"] = document.Name.ToString(),
            ["size"] = document.Size,
            ["digest"] = digest.Value.ToString(),
            ["version"] = document.Version.ToString(),
            ["originHash"] = one.Deposit.Origin.Hash.ToString(),
            ["evidence"] = one.Deposit.Folder.Path,
        };
        if (digest.Method == DigestMethod.Sha256)
        {
            json["sha256"] = DigestText.ToHex(digest.Value);
        }

        if (one.Said is not null)
        {
            json["note"] = one.Said;
        }

        return json;
    }

    private static IEnumerable<string> Lines((Deposit Deposit, string? Said) one)
    {
        var document = one.Deposit.Document;
        if (one.Said is not null)
        {
            yield return one.Said;
        }

        yield return $"Deposited {document.Name} ({document.Size} bytes) as {document.Id}.";
        yield return $"Your evidence of origin and the service's receipt, verified, are in {one.Deposit.Folder.Path}.";
    }
}
