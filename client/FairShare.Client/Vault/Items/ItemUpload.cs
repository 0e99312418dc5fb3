using System.Collections.Concurrent;
using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;
using FairShare.Vault.Transfer;
using UploadState = FairShare.Vault.Transfer.UploadState;

namespace FairShare.Client.Vault.Items;

/// <summary>
/// Sends an object to the service: with the announcement where it is small, by one PUT where it is one part, in parts otherwise. What an
/// earlier run sent is found, and not sent again.
/// </summary>
/// <param name="api">The API, with the party's token where there is an account.</param>
/// <param name="store">The object store.</param>
/// <param name="id">The item.</param>
/// <param name="terms">Its terms.</param>
/// <param name="record">Keeps a state before the part that it tells of is sent.</param>
internal sealed class ItemUpload(FairShareApi api, ObjectStoreClient store, VaultItemId id, PutTerms terms, Action<UploadState> record)
    : IUploadSink
{
    private readonly FairShareApi owner = api.WithHeader(VaultRoutes.OwnerHeader, terms.Owner);
    private readonly MultipartParts multipart = new(store);
    private readonly ConcurrentDictionary<int, StoredPart> sent = [];
    private IReadOnlyDictionary<int, StoredPart>? found;

    // An earlier run sent everything: the commit will tell whether it is what this run would send.
    private bool isThere;

    /// <summary>When the item ends, once it is announced.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Whether the announcement had everything, so that nothing is to be committed.</summary>
    public bool IsStored { get; private set; }

    public Task RecordAsync(UploadState state, CancellationToken cancellationToken)
    {
        record(state);
        return Task.CompletedTask;
    }

    public async Task SendAsync(UploadPart part, CancellationToken cancellationToken)
    {
        if (part is { Number: 1, IsLast: true })
        {
            await SendWholeAsync(part, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (part.Number == 1)
        {
            await AnnounceAsync(terms.LengthBound, null, null, cancellationToken).ConfigureAwait(false);
        }

        if (!isThere)
        {
            await SendPartAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has the service compare what it was sent, and let the item be opened. A repeat changes nothing.</summary>
    public async Task CommitAsync(UploadResult.Completed upload, CancellationToken cancellationToken)
    {
        var digest = new DigestView(upload.Digest.Method.Name(), upload.Digest.Value.ToString(), upload.Digest.PartSize);
        var request = new VaultCommitRequest(upload.Length, digest);
        var view = await owner.CallAsync(VaultRoutes.CommitVaultItem, id, request, cancellationToken).ConfigureAwait(false);
        ExpiresAt = view.ExpiresAt ?? ExpiresAt;
    }

    private async Task SendWholeAsync(UploadPart part, CancellationToken cancellationToken)
    {
        var size = part.Bytes.Length;
        var isSmall = size <= ItemSize.LargestInline;
        var digest = isSmall ? null : new DigestView(DigestMethod.Sha256.Name(), part.Digest.ToString());
        var body = isSmall ? Base64UrlText.Encode(part.Bytes.Span) : null;
        var grant = await AnnounceAsync(size, digest, body, cancellationToken).ConfigureAwait(false);
        if (!isThere && !isSmall && grant.Upload?.Url is null)
        {
            throw new FairShareProblem("unexpected-answer", 201, "The service granted an upload and gave no URL for it.");
        }

        if (grant.Upload is { Url: { } url } upload)
        {
            await PutOnceAsync(url, upload.Headers, part, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PutOnceAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        UploadPart part,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var response = await store.PutAsync(url, headers, part.Bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (TransferProblem problem) when (problem.Status == TransferProblem.PreconditionFailed)
        {
            // An attempt before this one arrived, and its answer was lost.
        }
    }

    private async Task<VaultItemGrant> AnnounceAsync(long size, DigestView? digest, string? body, CancellationToken cancellationToken)
    {
        var tag = FairShare.Vault.Tokens.VaultOwner.Parse(terms.Owner).Tag.ToString();
        var request = new VaultItemRequest(id.ToString(), terms.Verifier, tag, size, terms.LifeSeconds, terms.MaxOpens, digest, body);
        var route = terms.IsAnonymous ? VaultRoutes.CreateAnonymousVaultItem : VaultRoutes.CreateVaultItem;
        var grant = await api.CallAsync(route, request, cancellationToken).ConfigureAwait(false);
        (ExpiresAt, IsStored) = (grant.ExpiresAt, grant.State == nameof(ItemPhase.Stored) && body is not null);
        isThere = grant.State == nameof(ItemPhase.Stored);
        return grant;
    }

    private async Task SendPartAsync(UploadPart part, CancellationToken cancellationToken)
    {
        try
        {
            var request = new VaultPartsRequest([new(part.Number, part.Digest.ToString(), part.Bytes.Length)]);
            var grant = await owner.CallAsync(VaultRoutes.RequestVaultParts, id, request, cancellationToken).ConfigureAwait(false);
            found ??= part.WasRecorded ? await multipart.ListAsync(grant.PartsUrl, cancellationToken).ConfigureAwait(false) : null;
            var way = grant.Parts is [{ } one, ..]
                ? one
                : throw new FairShareProblem("unexpected-answer", 200, "The service granted no part of the upload.");
            sent[part.Number] = Find(part) ?? await PutPartAsync(way, part, cancellationToken).ConfigureAwait(false);
            if (part.IsLast)
            {
                await CompleteAsync(grant, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransferProblem problem) when (problem.Code == "NoSuchUpload" || problem.Status == TransferProblem.PreconditionFailed)
        {
            isThere = true;
        }
    }

    private StoredPart? Find(UploadPart part) =>
        found?.GetValueOrDefault(part.Number) is { } stored && stored.Checksum == part.Digest.ToBase64() ? stored : null;

    private async Task<StoredPart> PutPartAsync(PartWay way, UploadPart part, CancellationToken cancellationToken)
    {
        using var response = await store.PutAsync(way.Url, way.Headers, part.Bytes, cancellationToken).ConfigureAwait(false);
        return new(part.Digest.ToBase64(), MultipartParts.TagOf(response));
    }

    private async Task CompleteAsync(VaultPartsGrant grant, CancellationToken cancellationToken)
    {
        var parts = sent.OrderBy(part => part.Key).Select(part => (part.Key, part.Value));
        using var response = await multipart
            .CompleteAsync(grant.CompleteUrl, grant.CompleteHeaders, parts, cancellationToken)
            .ConfigureAwait(false);
    }
}
