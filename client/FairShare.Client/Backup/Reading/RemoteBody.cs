using System.Net.Http.Headers;
using FairShare.Backup.Integrity;
using FairShare.Client.Backup.Peers;
using FairShare.Core.Digests;

namespace FairShare.Client.Backup.Reading;

/// <summary>A body at its peer, of which every leaf that is read is held against the manifest's root.</summary>
internal sealed class RemoteBody
{
    private readonly HttpClient http;
    private readonly HeldShare held;
    private readonly byte[]? small;
    private long traffic;

    private RemoteBody(HttpClient http, HeldShare held, int index, ShareTree tree, byte[]? small) =>
        (this.http, this.held, Index, Tree, this.small) = (http, held, index, tree, small);

    /// <summary>The index of the share.</summary>
    public int Index { get; }

    /// <summary>The hashes of its leaves, those under the manifest's root.</summary>
    public ShareTree Tree { get; }

    /// <summary>The peer.</summary>
    public KnownPeer Peer => held.Peer.Peer;

    /// <summary>The octets of the body.</summary>
    public long Size => held.Answer.BodySize;

    /// <summary>The octets that were fetched.</summary>
    public long Traffic => Interlocked.Read(ref traffic);

    /// <summary>Opens a body: fetches the hashes of its leaves, or all of it where it is small.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadBody"/>: they are not those under the root.</exception>
    public static async Task<RemoteBody> OpenAsync(
        HttpClient http,
        HeldShare held,
        int index,
        long size,
        Sha256Digest root,
        CancellationToken cancellationToken
    )
    {
        if (held.Answer.BodySize != size)
        {
            throw Bad(held, $"a body of {held.Answer.BodySize} octets instead of {size}");
        }

        if (held.Answer.TreeUrl is { } treeUrl)
        {
            var octets = await GetAsync(http, treeUrl, null, cancellationToken).ConfigureAwait(false);
            var tree = ShareTree.TryRead(octets, size, root) ?? throw Bad(held, "hashes that are not those under the manifest's root");
            return new RemoteBody(http, held, index, tree, null) { traffic = octets.Length };
        }

        var body = await GetAsync(http, held.Answer.BodyUrl, null, cancellationToken).ConfigureAwait(false);
        using var stream = new MemoryStream(body);
        var whole = await ShareTree.OfAsync(stream, cancellationToken).ConfigureAwait(false);
        return whole.Root == root
            ? new RemoteBody(http, held, index, whole, body) { traffic = body.Length }
            : throw Bad(held, "a body that is not the manifest's");
    }

    /// <summary>Reads one leaf; null where it is not the one that was stored.</summary>
    public async Task<byte[]?> ReadLeafAsync(int leaf, CancellationToken cancellationToken)
    {
        var offset = (long)leaf * ShareTree.LeafSize;
        var length = LengthOf(leaf);
        if (small is not null)
        {
            return small.AsSpan((int)offset, length).ToArray();
        }

        var range = new RangeHeaderValue(offset, offset + length - 1);
        var octets = await GetAsync(http, held.Answer.BodyUrl, range, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref traffic, octets.Length);
        return octets.Length == length && Tree.Holds(leaf, octets) ? octets : null;
    }

    /// <summary>The body's octets from a leaf on, as the peer gives them: nothing is checked.</summary>
    public async Task<Stream> ReadFromAsync(int leaf, CancellationToken cancellationToken)
    {
        if (small is not null)
        {
            return new MemoryStream(small, leaf * ShareTree.LeafSize, small.Length - (leaf * ShareTree.LeafSize), writable: false);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, held.Answer.BodyUrl);
        request.Headers.Range = leaf > 0 ? new RangeHeaderValue((long)leaf * ShareTree.LeafSize, null) : null;
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The octets of a leaf.</summary>
    public int LengthOf(int leaf) => (int)Math.Min(ShareTree.LeafSize, Size - ((long)leaf * ShareTree.LeafSize));

    /// <summary>Counts octets that were read from <see cref="ReadFromAsync"/>.</summary>
    public void Count(int octets)
    {
        if (small is null)
        {
            Interlocked.Add(ref traffic, octets);
        }
    }

    private static async Task<byte[]> GetAsync(HttpClient http, string url, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    private static BackupProblem Bad(HeldShare held, string what) => new(BackupProblem.BadBody, $"{held.Peer.Peer.Name} has {what}.");
}
