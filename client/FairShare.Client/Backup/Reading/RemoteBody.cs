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

    /// <summary>Whether a read of it has failed: others are asked first then.</summary>
    public bool IsBroken { get; set; }

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
            var octets = await GetAsync(http, held, treeUrl, null, TreeSizeOf(size), cancellationToken).ConfigureAwait(false);
            var tree = ShareTree.TryRead(octets, size, root) ?? throw Bad(held, "hashes that are not those under the manifest's root");
            return new RemoteBody(http, held, index, tree, null) { traffic = octets.Length };
        }

        if (ShareTree.IsKeptBeside(size))
        {
            throw Bad(held, "no hashes of its body's leaves");
        }

        var body = await GetAsync(http, held, held.Answer.BodyUrl, null, size, cancellationToken).ConfigureAwait(false);
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
        var octets = await GetAsync(http, held, held.Answer.BodyUrl, range, length, cancellationToken).ConfigureAwait(false);
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
        var response = await held
            .Peer.Patience.WaitAsync(
                Peer.Name,
                token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The octets of a leaf.</summary>
    public int LengthOf(int leaf) => (int)Math.Min(ShareTree.LeafSize, Size - ((long)leaf * ShareTree.LeafSize));

    /// <summary>Fills a leaf from <see cref="ReadFromAsync"/>.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public Task<bool> FillAsync(Stream source, Memory<byte> octets, CancellationToken cancellationToken) =>
        held.Peer.Patience.WaitAsync(
            Peer.Name,
            async token =>
            {
                await source.ReadExactlyAsync(octets, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>Counts octets that were read from <see cref="ReadFromAsync"/>.</summary>
    public void Count(int octets)
    {
        if (small is null)
        {
            Interlocked.Add(ref traffic, octets);
        }
    }

    private static long TreeSizeOf(long size) => (long)ShareTree.LeavesOf(size) * Sha256Digest.ByteLength;

    // One octet more than is expected is read, so that what is too long is seen as such: a peer may send without end.
    private static Task<byte[]> GetAsync(
        HttpClient http,
        HeldShare held,
        string url,
        RangeHeaderValue? range,
        long expected,
        CancellationToken cancellationToken
    ) =>
        held
            .Peer.Patience.For(expected)
            .WaitAsync(held.Peer.Peer.Name, token => GetAsync(http, url, range, expected, token), cancellationToken);

    private static async Task<byte[]> GetAsync(
        HttpClient http,
        string url,
        RangeHeaderValue? range,
        long expected,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var octets = new byte[expected + 1];
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var read = await content
            .ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return octets[..read];
    }

    private static BackupProblem Bad(HeldShare held, string what) => new(BackupProblem.BadBody, $"{held.Peer.Peer.Name} has {what}.");
}
