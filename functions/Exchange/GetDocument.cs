using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Shows a document to its uploader, and while it is on deposit to its audience. An uploader whose upload arrived, and whose answer from
/// S3 got lost, learns here which version it made: the same upload is not taken twice.
/// </summary>
internal sealed class GetDocument(FunctionServices services) : IRouteHandler<DocumentId, None, DocumentView>
{
    public async Task<Answer<DocumentView>> HandleAsync(ApiCall<DocumentId, None> call, CancellationToken cancellationToken)
    {
        var stored = await services.Documents.FindAsync(call.Subject, cancellationToken);
        if (stored is not { Document: var document } || !IsVisibleTo(call.Party, document))
        {
            throw ExchangeProblems.DocumentNotFound.With("There is no such document for you.");
        }

        var view = stored.ToView(call.Party);
        return document.Uploader == call.Party && document.State == DocumentState.Pending
            ? view with
            {
                Version = (await services.Bucket.FindCurrentVersionAsync(document.ObjectKey, cancellationToken))?.ToString(),
            }
            : view;
    }

    private static bool IsVisibleTo(PartyId party, DocumentRecord document) =>
        document.Uploader == party || (document.State == DocumentState.Deposited && document.IsFor(party));
}
