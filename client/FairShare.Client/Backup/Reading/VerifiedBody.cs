using FairShare.Client.Backup.Peers;
using FairShare.Vault.Streams;

namespace FairShare.Client.Backup.Reading;

/// <summary>
/// A body as it was stored: each leaf is checked before it is given out, and one that is wrong, or does not come, is computed from others.
/// </summary>
internal sealed class VerifiedBody(BodySet set, RemoteBody body) : ReadOnlyStream
{
    private Stream? source;
    private byte[] leaf = [];
    private int given;
    private int next;
    private bool isBroken;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (given == leaf.Length)
        {
            if (next == body.Tree.Leaves || buffer.IsEmpty)
            {
                return 0;
            }

            leaf = await LoadAsync(next, cancellationToken).ConfigureAwait(false);
            (next, given) = (next + 1, 0);
        }

        var length = Math.Min(buffer.Length, leaf.Length - given);
        leaf.AsSpan(given, length).CopyTo(buffer.Span);
        given += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        source?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<byte[]> LoadAsync(int number, CancellationToken cancellationToken)
    {
        if (!isBroken && await TryReadAsync(number, cancellationToken).ConfigureAwait(false) is { } octets)
        {
            return octets;
        }

        set.NoteWrong(body.Peer, number);
        return await set.RebuildAsync(body.Index, number, body.Tree, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]?> TryReadAsync(int number, CancellationToken cancellationToken)
    {
        var octets = new byte[body.LengthOf(number)];
        try
        {
            source ??= await body.ReadFromAsync(number, cancellationToken).ConfigureAwait(false);
            await body.FillAsync(source, octets, cancellationToken).ConfigureAwait(false);
            body.Count(octets.Length);
            return body.Tree.Holds(number, octets) ? octets : null;
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is not null)
        {
            // From here on everything of this peer is computed from the others.
            isBroken = body.IsBroken = true;
            return null;
        }
    }
}
