using FairShare.Client.Evidence;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>Finds a deposit of the party's whose answer it may have lost, and keeps its evidence.</summary>
internal sealed class DepositSearch(FairShareClient client)
{
    // The service's clock stated both times.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly FairShareClientOptions options = client.Options;

    /// <returns>Null where the document is not deposited.</returns>
    public async Task<Deposit?> RunAsync(DocumentId document, CancellationToken cancellationToken)
    {
        var view = await options.Api.CallAsync(ExchangeRoutes.GetDocument, document, cancellationToken).ConfigureAwait(false);
        if (view is not { Origin: { } originText, Receipt: { } receiptText, DepositedAt: { } at })
        {
            return null;
        }

        var claimed = EvidenceToken.Parse(originText);
        await client.Directory.EnsureAsync(options.Party, claimed.KeyId, cancellationToken).ConfigureAwait(false);
        // It is compared with itself: that the party signed it, and for this document, is what must hold.
        var origin = Require(originText, claimed.Statement, at, "The evidence of origin");
        if (origin.Statement.Origin != options.Party || origin.Statement.Document.Id != document)
        {
            throw new EvidenceProblem("statement-mismatch", "The service shows evidence of another deposit.", originText);
        }

        var receipt = Require(receiptText, Statements.DepositReceipt(null, origin, null), at, "The deposit receipt");
        var folder = new EvidenceFolder(Path.Combine(options.Profile.DocumentsFolder, document.ToString()));
        folder.WriteDeposit(origin, receipt, client.Directory.Describe([origin.KeyId, receipt.KeyId]));
        return new Deposit(origin, receipt, folder);
    }

    private EvidenceToken Require(string text, EvidenceStatement expected, DateTimeOffset at, string what) =>
        EvidenceProblem.Require(EvidenceVerifier.Verify(text, expected, client.Directory.Find, at, Skew), what, text);
}
