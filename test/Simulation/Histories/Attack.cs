using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>One call of a party that has everything that was ever said, and keeps to nothing.</summary>
internal sealed class Attack(SimulatedService service, SimulatedParty actor, Random fate)
{
    private static readonly string[] Reads = ["", "/evidence"];
    private static readonly string[] Lists = ["/inbox", "/exchanges", "/documents", "/documents?role=uploader"];

    /// <returns>What came of it; null when no answer came.</returns>
    public async Task<Answer?> RunAsync() =>
        fate.Next(12) switch
        {
            0 or 1 => await PostAsync($"/exchanges/{Any("exchangeId")}/receipt", Reply(Any("token"))),
            2 => await PostAsync($"/exchanges/{Any("exchangeId")}/decline", Reply(Any("token"))),
            3 or 4 => await PostAsync($"/exchanges/{Any("exchangeId")}/receipt", Reply(await ForgeAsync(EvidenceKind.EvidenceOfReceipt))),
            5 => await PostAsync($"/exchanges/{Any("exchangeId")}/decline", Reply(await ForgeAsync(EvidenceKind.Refusal))),
            6 => await PostAsync($"/documents/{Any("fileId")}/origin", Origin(await ForgeAsync(EvidenceKind.EvidenceOfOrigin))),
            7 => await PostAsync($"/documents/{Any("fileId")}/abort", new JsonObject()),
            8 => await PostAsync($"/documents/{Any("fileId")}/exchanges", new JsonObject { ["deadlineSeconds"] = 5 + fate.Next(60) }),
            9 => await PostAsync($"/exchanges/{Any("exchangeId")}/download", new JsonObject()),
            10 => await actor.TryAsync(HttpMethod.Get, $"/exchanges/{Any("exchangeId")}{Reads[fate.Next(2)]}"),
            _ => await actor.TryAsync(HttpMethod.Get, Lists[fate.Next(Lists.Length)]),
        };

    private string Any(string kind) => service.Pool.Any(kind, fate);

    private Task<Answer?> PostAsync(string path, JsonObject body) => actor.TryAsync(HttpMethod.Post, path, body);

    private JsonObject Reply(string signature) => new() { ["nonce"] = Any("nonce"), ["signature"] = signature };

    private JsonObject Origin(string signature) =>
        new()
        {
            ["filePath"] = Any("filePath"),
            ["nonce"] = Any("nonce"),
            ["signature"] = signature,
        };

    /// <summary>A token of the kind by the actor's key, that states what some other token states.</summary>
    private async Task<string> ForgeAsync(EvidenceKind kind)
    {
        if (!EvidenceToken.TryParse(Any("token"), out var other, out _))
        {
            return Any("token");
        }

        try
        {
            var statement =
                kind == EvidenceKind.EvidenceOfOrigin ? other.Statement with { Kind = kind, Origin = actor.Party.Id }
                : kind == EvidenceKind.Refusal
                    ? Statements.Refusal(other.Statement.Id, other, other.Statement.Gen, Core.Keys.KeyHolder.Self, "forged")
                : Statements.Receipt(other.Statement.Id, other, other.Statement.Gen, Core.Keys.KeyHolder.Self);
            return (await EvidenceIssuer.IssueAsync(statement, actor.Signer)).Text;
        }
#pragma warning disable CA1031 // What cannot be stated is not tried.
        catch (Exception)
#pragma warning restore CA1031
        {
            return other.Text;
        }
    }
}
