using System.Security.Cryptography;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Transfers;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Vault.Streams;

namespace FairShare.Client.Backup.Storing;

/// <summary>
/// One peer's body while it is written: part by part to the peer's bucket, two parts in memory at most, and hashed on the way. A peer that
/// fails is remembered, and what comes for it then is dropped: the others go on.
/// </summary>
/// <param name="peer">The peer.</param>
/// <param name="store">The object stores.</param>
/// <param name="backup">The backup.</param>
/// <param name="index">The share's index.</param>
/// <param name="bound">The most octets that the body will have.</param>
/// <param name="partSize">The octets of a part.</param>
internal sealed class BodyUpload(PeerConnection peer, ObjectStoreClient store, BackupId backup, int index, long bound, int partSize)
    : WriteOnlyStream
{
    private readonly MultipartParts multipart = new(store);
    private readonly List<(Sha256Digest Digest, StoredPart Part)> sent = [];
    private readonly LeafHasher leaves = new();
    private byte[] filling = new byte[partSize];
    private byte[] spare = [];
    private int filled;
    private long size;
    private Task sending = Task.CompletedTask;

    /// <summary>The peer.</summary>
    public PeerConnection Peer => peer;

    /// <summary>Why the peer has no body; null while nothing has failed.</summary>
    public PeerFailure? Failure { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        leaves.Append(buffer.Span);
        size += buffer.Length;
        while (!buffer.IsEmpty && Failure is null)
        {
            // A part is sent when the next octet comes, so that the last one is known as such.
            if (filled == filling.Length)
            {
                await SendFilledAsync(cancellationToken).ConfigureAwait(false);
            }

            var taken = Math.Min(buffer.Length, filling.Length - filled);
            buffer.Span[..taken].CopyTo(filling.AsSpan(filled));
            filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Sends what is left.</summary>
    /// <returns>The body as it was uploaded; with a digest of the default value where the peer failed.</returns>
    public async Task<UploadedBody> CompleteAsync(CancellationToken cancellationToken)
    {
        var tree = leaves.Complete();
        var digest = await TryAsync(() => EndAsync(tree, cancellationToken)).ConfigureAwait(false);
        return new UploadedBody(index, size, digest, tree.Root);
    }

    protected override void Dispose(bool disposing)
    {
        leaves.Dispose();
        base.Dispose(disposing);
    }

    private async Task SendFilledAsync(CancellationToken cancellationToken)
    {
        await TryAsync(async () =>
            {
                await sending.ConfigureAwait(false);
                return true;
            })
            .ConfigureAwait(false);
        var part = filling.AsMemory(0, filled);
        (filling, spare) = (spare.Length > 0 ? spare : new byte[partSize], filling);
        filled = 0;
        sending = SendPartAsync(part, cancellationToken);
    }

    private async Task<T?> TryAsync<T>(Func<Task<T>> work)
    {
        if (Failure is not null)
        {
            return default;
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is { } failure)
        {
            Failure = failure;
            sending = Task.CompletedTask;
            return default;
        }
    }

    private async Task<VaultPartsGrant> SendPartAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var digest = Sha256Digest.Of(part.Span);
        var asked = new VaultPart(sent.Count + 1, digest.ToString(), part.Length);
        // The first call gives up what an earlier run has left.
        var request = new ShareUpload(index, bound, Fresh: sent.Count == 0, Parts: [asked]);
        var grant = await peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, request, cancellationToken).ConfigureAwait(false);
        var parts = grant.Parts ?? throw peer.BadAnswer("no upload of a part");
        using var response = await PutAsync(parts.Parts[0].Url, parts.Parts[0].Headers, part, cancellationToken).ConfigureAwait(false);
        sent.Add((digest, new StoredPart(digest.ToBase64(), MultipartParts.TagOf(response))));
        return parts;
    }

    private async Task<DocumentDigest> EndAsync(ShareTree tree, CancellationToken cancellationToken)
    {
        await sending.ConfigureAwait(false);
        var last = filling.AsMemory(0, filled);
        if (sent.Count == 0)
        {
            var whole = Sha256Digest.Of(last.Span);
            await PutAsync(last, whole, tree, cancellationToken).ConfigureAwait(false);
            return DocumentDigest.Whole(whole);
        }

        var grant = await SendPartAsync(last, cancellationToken).ConfigureAwait(false);
        var parts = sent.Select((part, place) => (place + 1, part.Part));
        using var response = await peer
            .Patience.For(size)
            .WaitAsync(
                peer.Peer.Name,
                token => multipart.CompleteAsync(grant.CompleteUrl, grant.CompleteHeaders, parts, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        await PutTreeAsync(null, tree, cancellationToken).ConfigureAwait(false);
        var digests = sent.SelectMany(part => part.Digest.ToBytes()).ToArray();
        return DocumentDigest.OfParts(Sha256Digest.FromBytes(SHA256.HashData(digests)), partSize);
    }

    private async Task PutAsync(ReadOnlyMemory<byte> body, Sha256Digest digest, ShareTree tree, CancellationToken cancellationToken)
    {
        var grant = await PutTreeAsync(new DigestView(DigestMethod.Sha256.Name(), digest.ToString()), tree, cancellationToken)
            .ConfigureAwait(false);
        await PutAsync(grant.Upload, body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ShareUploadGrant> PutTreeAsync(DigestView? digest, ShareTree tree, CancellationToken cancellationToken)
    {
        var octets = ShareTree.IsKeptBeside(size) ? tree.ToBytes() : null;
        var treeUpload = octets is null ? null : new TreeUpload(Sha256Digest.Of(octets).ToString(), octets.Length);
        var request = new ShareUpload(index, size, Fresh: digest is not null, Digest: digest, Tree: treeUpload);
        var grant = await peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, request, cancellationToken).ConfigureAwait(false);
        if (octets is not null)
        {
            await PutAsync(grant.Tree, octets, cancellationToken).ConfigureAwait(false);
        }

        return grant;
    }

    private async Task PutAsync(UploadWay? way, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        var url = way?.Url ?? throw peer.BadAnswer("no upload");
        using var response = await PutAsync(url, way.Headers, octets, cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> PutAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        ReadOnlyMemory<byte> octets,
        CancellationToken cancellationToken
    ) =>
        peer.Patience.For(octets.Length).WaitAsync(peer.Peer.Name, token => store.PutAsync(url, headers, octets, token), cancellationToken);
}

/// <summary>A body as it was uploaded.</summary>
/// <param name="Index">The share's index.</param>
/// <param name="Size">Its octets.</param>
/// <param name="Digest">Its digest; null where the peer failed.</param>
/// <param name="Root">The root of its tree.</param>
internal sealed record UploadedBody(int Index, long Size, DocumentDigest? Digest, Sha256Digest Root);
