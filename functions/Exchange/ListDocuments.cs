using FairShare.Contracts;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Lists documents, newest first, page by page: those that the caller may ask for, or those that it uploaded.</summary>
internal sealed class ListDocuments(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var cursor = call.Query("cursor");
        var page = (call.Query("role") ?? "reader") switch
        {
            "reader" => await services.Documents.ListReadableAsync(call.Party, cursor, cancellationToken),
            "uploader" => await services.Documents.ListUploadedAsync(call.Party, cursor, cancellationToken),
            _ => throw Problems.InvalidRequest.With("role is reader or uploader."),
        };
        return ApiAnswer.Ok(
            new DocumentPage([.. page.Entries.Select(document => document.ToView(call.Party))], page.Cursor),
            ApiJson.Default.DocumentPage
        );
    }
}
