using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What a party may be given, by what stands in the table when it is given it.</summary>
internal static class GivenRules
{
    /// <summary>Judges one answer or message.</summary>
    public static void Judge(Picture picture, TestParty party, string text, Breaks breaks)
    {
        foreach (var compact in Witness.TokensIn(text))
        {
            if (EvidenceToken.TryParse(compact, out var token, out _))
            {
                JudgeToken(picture, party, token, breaks);
            }
        }

        JudgeState(picture, party, text, breaks);
        foreach (var document in picture.Documents.Where(document => !MayKnow(picture, party, document)))
        {
            JudgeHidden(party, document, text + string.Concat(Witness.TokensIn(text).Select(Payload)), breaks);
        }
    }

    private static string Payload(string compact) =>
        Base64UrlText.TryDecode(compact.Split('.')[1], out var bytes) ? Encoding.UTF8.GetString(bytes) : "";

    private static void JudgeState(Picture picture, TestParty party, string text, Breaks breaks)
    {
        if (
            text.StartsWith('{')
            && JsonNode.Parse(text) is JsonObject body
            && body["exchangeId"] is JsonValue id
            && body["state"] is JsonValue told
            && picture.Exchanges.FirstOrDefault(exchange => exchange.Id == id.GetValue<string>()) is { } exchange
            && told.GetValue<string>() is var state and not "AwaitingReceipt"
            && state != exchange.State
        )
        {
            breaks(Promise.OneEnding, exchange.Id, $"is {exchange.State} in the table, and {party.Name} is told {state}");
        }
    }

    private static bool MayKnow(Picture picture, TestParty party, SeenDocument document) =>
        document.Uploader == party.Id.ToString() || picture.HasAcquired(party.Id, document.Id);

    private static void JudgeHidden(TestParty party, SeenDocument document, string text, Breaks breaks)
    {
        if (
            text.Contains("X-Amz-Signature", StringComparison.Ordinal)
            && text.Contains($"documents/{document.Id}", StringComparison.Ordinal)
        )
        {
            breaks(Promise.Fairness, document.Id, $"{party.Name} can fetch the document and has given no receipt");
        }

        var isDigestShown = !document.IsDisclosed && document.Digest.Length > 0 && text.Contains(document.Digest, StringComparison.Ordinal);
        var salt = document.Origin?.Statement.Salt?.ToString();
        if (isDigestShown || (salt is { Length: > 0 } && text.Contains(salt, StringComparison.Ordinal)))
        {
            breaks(Promise.HiddenUntilReceipted, document.Id, $"{party.Name} is shown what the document can be guessed from");
        }
    }

    private static void JudgeToken(Picture picture, TestParty party, EvidenceToken token, Breaks breaks)
    {
        var statement = token.Statement;
        var document = statement.Document.Id.ToString();
        if (token.Kind is not (EvidenceKind.EvidenceOfOrigin or EvidenceKind.DepositReceipt) && !Concerns(statement, party.Id))
        {
            breaks(Promise.BoundToParty, document, $"{party.Name} is given {token.Kind}, which is between others");
        }

        if (token.Kind == EvidenceKind.EvidenceOfOrigin && statement.Origin != party.Id && !picture.HasAcquired(party.Id, document))
        {
            breaks(
                picture.IsFor(party.Id, document) ? Promise.Fairness : Promise.BoundToParty,
                document,
                $"{party.Name} is given the evidence of origin and has given no receipt"
            );
        }

        if (token.Kind is EvidenceKind.EvidenceOfReceipt or EvidenceKind.ReleaseRecord && !IsCompleted(picture, statement.Exchange))
        {
            breaks(Promise.Fairness, document, $"{party.Name} is given {token.Kind} of an exchange that has not completed");
        }

        if (
            token.Kind is EvidenceKind.AbortRecord or EvidenceKind.ExpiryRecord
            && statement.Exchange is { } ended
            && IsCompleted(picture, ended)
        )
        {
            breaks(Promise.OneEnding, ended.ToString(), $"{party.Name} is given {token.Kind} of an exchange that has completed");
        }
    }

    private static bool Concerns(EvidenceStatement statement, PartyId party) =>
        statement.Origin == party || statement.Recipients.Contains(party);

    private static bool IsCompleted(Picture picture, ExchangeId? id) =>
        picture.Exchanges.Any(exchange => exchange.Id == id.ToString() && exchange.IsCompleted);
}
