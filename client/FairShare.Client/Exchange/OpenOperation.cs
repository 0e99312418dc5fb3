using FairShare.Client.Evidence;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>Steps 4 and 5.</summary>
internal sealed class OpenOperation(FairShareClient client, TransferWatch watch)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly FairShareClientOptions options = client.Options;
    private readonly StepReporter steps = new(watch.Steps, client.Options.Time);

    public async Task<OpenedExchange> RunAsync(DocumentId document, long? deadlineSeconds, CancellationToken cancellationToken)
    {
        client.RequireClock();
        steps.Note("4", "B", "TDS", $"request for {document}");
        var grant = await options
            .Api.CallAsync(ExchangeRoutes.RequestDownload, document, new ExchangeRequest(deadlineSeconds), cancellationToken)
            .ConfigureAwait(false);
        var challenge = Verify(grant, document);
        steps.Note(
            "5",
            "TDS",
            "B",
            $"exchange {grant.ExchangeId}, challenge: {Describe(challenge.Statement.Document)}, due {Timestamp.Format(grant.Due)}"
        );
        var folder = OpenedExchange.FolderOf(options.Profile, challenge.Statement.Exchange!.Value);
        folder.Write(new ExchangeTokens { Challenge = challenge.Text }, client.Directory.Describe([challenge.KeyId]));
        return new OpenedExchange(challenge, folder);
    }

    private static string Describe(DocumentDescription document) =>
        document.Digest is { } digest ? $"digest {digest.Value}" : $"commitment {document.Commitment}";

    // The store's seal, and that the challenge is for this document, this exchange and this party, before anything is signed for it.
    private EvidenceToken Verify(ExchangeGrant grant, DocumentId document)
    {
        if (!EvidenceToken.TryParse(grant.Challenge, out var challenge, out var refusal))
        {
            throw new EvidenceProblem(refusal.Code, $"The challenge is malformed: {refusal.Detail}", grant.Challenge);
        }

        // What beside the challenge is malformed parses to no value, and so differs from what is sealed.
        _ = ExchangeId.TryParse(grant.ExchangeId, out var exchange);
        _ = Nonce.TryParse(grant.Nonce, out var nonce);
        var stated = challenge.Statement;
        var expected = stated with
        {
            Kind = EvidenceKind.ReceiptChallenge,
            Recipients = [options.Party],
            Store = client.Directory.Store,
            Exchange = exchange,
            Nonce = nonce,
            Due = grant.Due,
            Gen = null,
        };
        var verdict = EvidenceVerifier.Verify(grant.Challenge, expected, client.Directory.Find, options.Time.GetUtcNow(), Skew);
        return stated.Document.Id == document
            ? EvidenceProblem.Require(verdict, "The challenge", grant.Challenge)
            : throw new EvidenceProblem("statement-mismatch:doc.id", "The challenge is for another document.", grant.Challenge);
    }
}
