using Amazon.CDK.AWS.Lambda;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace FairShare.Cdk.Constructs;

/// <summary>A route, the handler behind it, and what that handler may do.</summary>
public sealed record ApiRoute(HttpMethod Method, string Path, string Handler, Action<ServiceParts, Function> Grant)
{
    public bool IsPublic { get; init; }
}

/// <summary>Every route of the API; who adds one adds it here, with its rights beside it.</summary>
public static class ApiRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(HttpMethod.GET, "/.well-known/fairshare", "DescribeService", Grants.DescribeService) { IsPublic = true },
        new(HttpMethod.POST, "/keys/nonces", "IssueKeyNonce", Grants.IssueKeyNonce),
        new(HttpMethod.POST, "/keys", "RegisterKey", Grants.RegisterKey),
        new(HttpMethod.DELETE, "/keys/{keyId}", "RetireKey", Grants.RetireKey),
        new(HttpMethod.POST, "/keys/{keyId}/signatures", "SignWithHeldKey", Grants.SignWithHeldKey),
        new(HttpMethod.GET, "/parties/{partyId}/keys", "ListPartyKeys", Grants.ListPartyKeys),
        new(HttpMethod.POST, "/senders", "BindSender", Grants.IssueSenderNonce),
        new(HttpMethod.POST, "/documents", "RequestUpload", Grants.RequestUpload),
        new(HttpMethod.POST, "/documents/{documentId}/parts", "RequestUploadParts", Grants.RequestUploadParts),
        new(HttpMethod.POST, "/documents/{documentId}/origin", "SubmitOrigin", Grants.SubmitOrigin),
        new(HttpMethod.GET, "/documents", "ListDocuments", Grants.ListDocuments),
        new(HttpMethod.GET, "/documents/{documentId}", "GetDocument", Grants.GetDocument),
        new(HttpMethod.POST, "/documents/{documentId}/abort", "AbortDocument", Grants.AbortDocument),
        new(HttpMethod.POST, "/documents/{documentId}/exchanges", "RequestDownload", Grants.RequestDownload),
        new(HttpMethod.POST, "/exchanges/{exchangeId}/receipt", "SubmitReceipt", Grants.SubmitReceipt),
        new(HttpMethod.POST, "/exchanges/{exchangeId}/decline", "Decline", Grants.Decline),
        new(HttpMethod.GET, "/exchanges/{exchangeId}", "GetExchange", Grants.GetExchange),
        new(HttpMethod.GET, "/exchanges/{exchangeId}/evidence", "GetEvidence", Grants.GetEvidence),
        new(HttpMethod.POST, "/exchanges/{exchangeId}/download", "RenewDownload", Grants.RenewDownload),
        new(HttpMethod.GET, "/inbox", "ListInbox", Grants.ListInbox),
    ];
}
