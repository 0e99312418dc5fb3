using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Simulation.Judging;

/// <summary>Judges every answer that a party is given: nothing in it is the other's before the exchange has completed, or untrue.</summary>
internal sealed class AnswerJudge(Judge judge)
{
    /// <param name="party">Whom the answer is given to; null for somebody who is nobody.</param>
    /// <param name="path">What was asked.</param>
    /// <param name="answer">The answer's body.</param>
    public void Judge(string? party, string path, JsonNode answer)
    {
        judge.Count();
        foreach (var (name, text) in Texts(answer, ""))
        {
            if (text.StartsWith("ey", StringComparison.Ordinal) && EvidenceToken.TryParse(text, out var token, out _))
            {
                if (!MayHave(party, token))
                {
                    judge.Note(
                        $"{token.Kind} of the exchange {token.Statement.Exchange} is given to {party} by {path} and is not {party}'s."
                    );
                }
            }
            else if (name == "filePath" && text.StartsWith("http", StringComparison.Ordinal) && !MayDownload(party, path))
            {
                judge.Note($"The document is given to {party} by {path}, and the exchange has not completed.");
            }
        }
    }

    private bool MayHave(string? party, EvidenceToken token)
    {
        var stated = token.Statement;
        var exchange = stated.Exchange?.ToString();
        var uploader = stated.Origin.ToString();
        var downloader = stated.Recipients.Count == 1 ? stated.Recipients[0].ToString() : null;
        var ending = exchange is null ? null : judge.Table.Find($"EXCHANGE#{exchange}", "ENDING");
        var isSide = party is not null && (party == uploader || party == downloader);
        return token.Kind switch
        {
            EvidenceKind.EvidenceOfOrigin => party == uploader || judge.HasAcquired(stated.Document.Id.ToString(), party),
            EvidenceKind.DepositReceipt => party == uploader,
            EvidenceKind.ReceiptChallenge => isSide,
            EvidenceKind.EvidenceOfReceipt => isSide && (party == downloader || Stands(ending, "receipt", token)),
            EvidenceKind.ReleaseRecord => isSide && Stands(ending, "release", token),
            EvidenceKind.Refusal => isSide && (party == downloader || Stands(ending, "refusal", token)),
            EvidenceKind.AbortRecord when exchange is null => Stands(
                judge.Table.Find($"DEPOSIT#{stated.Document.Id}", "WITHDRAWAL"),
                "record",
                token
            ),
            _ => isSide && Stands(ending, "record", token),
        };
    }

    private static bool Stands(JsonObject? item, string name, EvidenceToken token) => TableMirror.Text(item, name) == token.Text;

    private bool MayDownload(string? party, string path) =>
        path.Split('/') is ["", "exchanges", var exchange, ..]
        && judge.Table.Find($"EXCHANGE#{exchange}", "ENDING") is { } ending
        && TableMirror.Text(ending, "state") == nameof(ExchangeState.Completed)
        && TableMirror.Text(ending, "downloader") == party;

    /// <summary>Every text of a JSON value with the name of the member that has it.</summary>
    public static IEnumerable<(string Name, string Text)> Texts(JsonNode? node, string name) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Texts(member.Value, member.Key)),
            JsonArray elements => elements.SelectMany(element => Texts(element, name)),
            JsonValue value when value.TryGetValue<string>(out var text) => [(name, text)],
            _ => [],
        };
}
