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

    /// <param name="document">The document.</param>
    /// <param name="deadlineSeconds">For how long the exchange is open; null leaves it to the service.</param>
    /// <param name="key">What makes this opening one with others of the party's; null begins an exchange of its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<OpenedExchange> RunAsync(DocumentId document, long? deadlineSeconds, string? key, CancellationToken cancellationToken)
    {
        client.RequireClock();
        var api = key is null ? options.Api : options.Api.WithIdempotencyKey(key);
        steps.Note("4", "B", "TDS", $"request for {document}");
        var grant = await api.CallAsync(ExchangeRoutes.RequestDownload, document, new ExchangeRequest(deadlineSeconds), cancellationToken)
            .ConfigureAwait(false);
        var challenge = Verify(grant, document);
        steps.Note(
            "5",
            "TDS",
            "B",
            $"exchange {grant.ExchangeId}, challenge: {Describe(challenge.Statement.Document)}, due {Timestamp.Format(grant.Due)}"
        );
        var opened = new OpenedExchange(challenge, OpenedExchange.FolderOf(options.Profile, challenge.Statement.Exchange!.Value));
        watch.Opened?.Invoke(opened);
        if (!opened.Folder.Exists)
        {
            opened.Folder.Write(new ExchangeTokens { Challenge = challenge.Text }, client.Directory.Describe([challenge.KeyId]));
        }

        return opened;
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
