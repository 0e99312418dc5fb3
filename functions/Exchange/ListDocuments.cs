using FairShare.Aws.Exchange;
using FairShare.Aws.Table;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Lists documents, newest first, page by page: those that the caller may ask for, or those that it uploaded.</summary>
internal sealed class ListDocuments(FunctionServices services) : IRouteHandler<None, None, DocumentPage>
{
    public async Task<Answer<DocumentPage>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        Func<PageRequest, Task<Page<DocumentRecord>>> read = (call.Query("role") ?? "reader") switch
        {
            "reader" => one => services.Documents.ListReadableAsync(call.Party, one, cancellationToken),
            "uploader" => one => services.Documents.ListUploadedAsync(call.Party, one, cancellationToken),
            _ => throw CommonProblems.InvalidRequest.With("role is reader or uploader."),
        };
        var name = call.ReadName();
        var page = await FilteredPages.ReadAsync(call.ReadPage(), read, document => name is null || document.Name.Contains(name));
        var deposits = await services.Documents.FindDepositsAsync(page.Entries.Select(document => document.Id), cancellationToken);
        var views = page.Entries.Select(document =>
            document.ToView(call.Party) with
            {
                DepositedAt = deposits.GetValueOrDefault(document.Id)?.DepositedAt,
            }
        );
        return new DocumentPage([.. views], page.Cursor);
    }
}
