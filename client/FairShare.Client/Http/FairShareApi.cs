using FairShare.Contracts;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Http;

/// <summary>
/// The HTTP API, a method a call. Every method throws <see cref="FairShareProblem"/> for a refusal and <see cref="HttpRequestException"/>
/// when the service cannot be reached; every POST carries an idempotency key and is repeated up to three times when the way there failed.
/// </summary>
public sealed class FairShareApi
{
    private readonly ApiConnection connection;

    /// <summary>Makes a client of the API.</summary>
    /// <param name="http">The connection; its base address is the API's URL with a trailing slash.</param>
    /// <param name="accessToken">Yields a valid Cognito access token; null for the calls that need none.</param>
    /// <param name="time">The clock of the waits between attempts.</param>
    /// <param name="randomness">The source of idempotency keys.</param>
    public FairShareApi(
        HttpClient http,
        Func<CancellationToken, ValueTask<string>>? accessToken,
        TimeProvider time,
        IRandomness randomness
    ) => (Address, connection) = (http.BaseAddress?.ToString() ?? "", new ApiConnection(http, accessToken, time, randomness));

    /// <summary>The API's address.</summary>
    public string Address { get; }

    private static ClientJson Json => ClientJson.Default;

    /// <summary>The discovery document; needs no token.</summary>
    public Task<ServiceDescription> DescribeAsync(CancellationToken cancellationToken) =>
        connection.GetAsync(".well-known/fairshare", Json.ServiceDescription, cancellationToken);

    /// <summary>A nonce for a proof of possession.</summary>
    public Task<NonceGrant> RequestKeyNonceAsync(CancellationToken cancellationToken) =>
        connection.PostAsync("keys/nonces", Json.NonceGrant, cancellationToken);

    /// <summary>Registers a key.</summary>
    public Task<KeyView> RegisterKeyAsync(KeyRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync("keys", request, Json.KeyRequest, Json.KeyView, cancellationToken);

    /// <summary>A party's keys, retired ones included.</summary>
    public Task<KeyList> ListKeysAsync(PartyId party, CancellationToken cancellationToken) =>
        connection.GetAsync($"parties/{Uri.EscapeDataString(party.ToString())}/keys", Json.KeyList, cancellationToken);

    /// <summary>Retires a key of the caller; a repeat gives the first time.</summary>
    public Task<RetiredKey> RetireKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        connection.DeleteAsync($"keys/{key}", Json.RetiredKey, cancellationToken);

    /// <summary>Has a held key sign evidence of the caller.</summary>
    public Task<SignatureAnswer> SignAsync(KeyId key, string signingInput, CancellationToken cancellationToken) =>
        connection.PostAsync(
            $"keys/{key}/signatures",
            new SignatureRequest(signingInput),
            Json.SignatureRequest,
            Json.SignatureAnswer,
            cancellationToken
        );

    /// <summary>Step 1 to 2.</summary>
    public Task<UploadGrant> RequestUploadAsync(UploadRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync("documents", request, Json.UploadRequest, Json.UploadGrant, cancellationToken);

    /// <summary>Presigned PUTs of at most 100 parts.</summary>
    public Task<PartsGrant> RequestPartsAsync(DocumentId document, PartsRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync($"documents/{document}/parts", request, Json.PartsRequest, Json.PartsGrant, cancellationToken);

    /// <summary>Step 3 to v; a repeat gives the stored receipt.</summary>
    public Task<OriginAnswer> SubmitOriginAsync(DocumentId document, OriginRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync($"documents/{document}/origin", request, Json.OriginRequest, Json.OriginAnswer, cancellationToken);

    /// <summary>A page of documents that the caller may read, or has uploaded.</summary>
    public Task<DocumentPage> ListDocumentsAsync(bool uploaded, string? cursor, CancellationToken cancellationToken) =>
        connection.GetAsync(
            $"documents?role={(uploaded ? "uploader" : "reader")}{Cursor('&', cursor)}",
            Json.DocumentPage,
            cancellationToken
        );

    /// <summary>One document.</summary>
    public Task<DocumentView> GetDocumentAsync(DocumentId document, CancellationToken cancellationToken) =>
        connection.GetAsync($"documents/{document}", Json.DocumentView, cancellationToken);

    /// <summary>Step a, by the uploader; a repeat gives the stored outcome.</summary>
    public Task<AbortAnswer> AbortAsync(DocumentId document, CancellationToken cancellationToken) =>
        connection.PostAsync($"documents/{document}/abort", Json.AbortAnswer, cancellationToken);

    /// <summary>Step 4 to 5.</summary>
    public Task<ExchangeGrant> OpenExchangeAsync(DocumentId document, ExchangeRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync($"documents/{document}/exchanges", request, Json.ExchangeRequest, Json.ExchangeGrant, cancellationToken);

    /// <summary>Step 6 to 8; a repeat gives the stored outcome.</summary>
    public Task<ReceiptAnswer> SubmitReceiptAsync(ExchangeId exchange, ReceiptRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync($"exchanges/{exchange}/receipt", request, Json.ReceiptRequest, Json.ReceiptAnswer, cancellationToken);

    /// <summary>Step a, by the downloader; a repeat gives the stored outcome.</summary>
    public Task<ExchangeView> DeclineAsync(ExchangeId exchange, ReceiptRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync($"exchanges/{exchange}/decline", request, Json.ReceiptRequest, Json.ExchangeView, cancellationToken);

    /// <summary>One exchange.</summary>
    public Task<ExchangeView> GetExchangeAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        connection.GetAsync($"exchanges/{exchange}", Json.ExchangeView, cancellationToken);

    /// <summary>The evidence that the caller may read now, with the keys.</summary>
    public Task<EvidenceAnswer> GetEvidenceAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        connection.GetAsync($"exchanges/{exchange}/evidence", Json.EvidenceAnswer, cancellationToken);

    /// <summary>A fresh presigned GET for the downloader of a completed exchange.</summary>
    public Task<DownloadGrant> RenewDownloadAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        connection.PostAsync($"exchanges/{exchange}/download", Json.DownloadGrant, cancellationToken);

    /// <summary>A page of the inbox.</summary>
    public Task<InboxPage> ListInboxAsync(string? cursor, CancellationToken cancellationToken) =>
        connection.GetAsync($"inbox{Cursor('?', cursor)}", Json.InboxPage, cancellationToken);

    private static string Cursor(char separator, string? cursor) =>
        cursor is null ? "" : $"{separator}cursor={Uri.EscapeDataString(cursor)}";
}
