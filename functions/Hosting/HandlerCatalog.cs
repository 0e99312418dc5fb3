using FairShare.Functions.Exchange;
using FairShare.Functions.Http;
using FairShare.Functions.Parties;
using FairShare.Functions.Queue;

namespace FairShare.Functions.Hosting;

/// <summary>Every handler by the name that the template gives it.</summary>
internal static class HandlerCatalog
{
    private static readonly Dictionary<string, Func<FunctionServices, IFunction>> Handlers = new()
    {
        [nameof(DescribeService)] = services => new ApiFunction(new DescribeService(services)),
        [nameof(IssueKeyNonce)] = services => new ApiFunction(new IssueKeyNonce(services)),
        [nameof(RegisterKey)] = services => new ApiFunction(new RegisterKey(services)),
        [nameof(RetireKey)] = services => new ApiFunction(new RetireKey(services)),
        [nameof(SignWithHeldKey)] = services => new ApiFunction(new SignWithHeldKey(services)),
        [nameof(ListPartyKeys)] = services => new ApiFunction(new ListPartyKeys(services)),
        [nameof(BindSender)] = services => new ApiFunction(new BindSender(services)),
        [nameof(RequestUpload)] = services => new ApiFunction(new RequestUpload(services)),
        [nameof(RequestUploadParts)] = services => new ApiFunction(new RequestUploadParts(services)),
        [nameof(SubmitOrigin)] = services => new ApiFunction(new SubmitOrigin(services)),
        [nameof(ListDocuments)] = services => new ApiFunction(new ListDocuments(services)),
        [nameof(GetDocument)] = services => new ApiFunction(new GetDocument(services)),
        [nameof(AbortDocument)] = services => new ApiFunction(new AbortDocument(services)),
        [nameof(RequestDownload)] = services => new ApiFunction(new RequestDownload(services)),
        [nameof(SubmitReceipt)] = services => new ApiFunction(new SubmitReceipt(services)),
        [nameof(Decline)] = services => new ApiFunction(new Decline(services)),
        [nameof(GetExchange)] = services => new ApiFunction(new GetExchange(services)),
        [nameof(GetEvidence)] = services => new ApiFunction(new GetEvidence(services)),
        [nameof(RenewDownload)] = services => new ApiFunction(new RenewDownload(services)),
        [nameof(ListInbox)] = services => new ApiFunction(new ListInbox(services)),
        [nameof(ReceiveProtocolMessages)] = services => new ReceiveProtocolMessages(services),
        [nameof(EndExchanges)] = services => new EndExchanges(services),
        [nameof(SealEnding)] = services => new SealEnding(services),
        [nameof(RecordSealKey)] = services => new RecordSealKey(services),
    };

    /// <summary>The names of all handlers.</summary>
    public static IReadOnlyCollection<string> Names => Handlers.Keys;

    /// <summary>Makes a handler.</summary>
    /// <exception cref="ArgumentException">There is no handler of that name.</exception>
    public static IFunction Create(string handler, FunctionServices services) =>
        Handlers.TryGetValue(handler, out var create)
            ? create(services) is var function && function is ApiFunction api
                ? api.With(services.Settings)
                : function
            : throw new ArgumentException($"There is no handler named '{handler}'.", nameof(handler));
}
