using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Protocol.Exchanges;

namespace FairShare.Functions.Api;

/// <summary>Shows a document to its uploader, and while it is on deposit to its audience.</summary>
internal sealed class GetDocument(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var stored = await services.Documents.FindAsync(call.DocumentId, cancellationToken);
        return stored is { Document: var document }
            && (document.Uploader == call.Party || (document.State == DocumentState.Deposited && document.IsFor(call.Party)))
            ? ApiAnswer.Ok(DocumentView.Of(stored, call.Party), ApiJson.Default.DocumentView)
            : throw Problems.DocumentNotFound.With("There is no such document for you.");
    }
}
