using FairShare.Backup.Bodies;
using FairShare.Backup.Integrity;
using FairShare.Client.Backup.Peers;

namespace FairShare.Client.Backup.Reading;

/// <summary>The bodies of a backup that can be read, and what of them was found to be wrong.</summary>
internal sealed class BodySet
{
    private readonly List<(KnownPeer Peer, int Leaf)> wrong = [];

    private BodySet(BodyLayout layout, IReadOnlyList<RemoteBody> bodies, IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> failures) =>
        (Layout, Bodies, Failures) = (layout, bodies, failures);

    /// <summary>How bodies and file hang together.</summary>
    public BodyLayout Layout { get; }

    /// <summary>The bodies, those that opened first before others.</summary>
    public IReadOnlyList<RemoteBody> Bodies { get; }

    /// <summary>Why others could not be opened.</summary>
    public IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures { get; }

    /// <summary>The leaves that were not what was stored, in the order in which they were found.</summary>
    public IReadOnlyList<(KnownPeer Peer, int Leaf)> Wrong
    {
        get
        {
            lock (wrong)
            {
                return [.. wrong];
            }
        }
    }

    /// <summary>Opens the bodies of all peers that answered.</summary>
    public static async Task<BodySet> OpenAsync(BackupSession session, ShareCollection shares, CancellationToken cancellationToken)
    {
        var manifest = shares.Manifest;
        var layout = new BodyLayout(manifest.Scheme, manifest.Parameters.Threshold, manifest.Parameters.Total);
        var opened = new List<RemoteBody>();
        var outcomes = await Task.WhenAll(shares.Held.Select(OpenAsync)).ConfigureAwait(false);
        return new BodySet(layout, opened, [.. outcomes.OfType<(KnownPeer, PeerFailure)>()]);

        async Task<(KnownPeer, PeerFailure)?> OpenAsync(HeldShare held)
        {
            var index = manifest.IndexOf(held.Peer.Peer.Kid);
            var outcome = await PeerGroup
                .TryAsync(
                    held.Peer,
                    _ =>
                        RemoteBody.OpenAsync(
                            session.Transfers,
                            held,
                            index,
                            manifest.BodySize,
                            manifest.Roots[index - 1],
                            cancellationToken
                        )
                )
                .ConfigureAwait(false);
            lock (opened)
            {
                if (outcome.Value is { } body)
                {
                    opened.Add(body);
                }
            }

            return outcome.Failure is { } failure ? (held.Peer.Peer, failure) : null;
        }
    }

    /// <summary>The body of an index; null where it cannot be read.</summary>
    public RemoteBody? Find(int index) => Bodies.FirstOrDefault(body => body.Index == index);

    /// <summary>Notes a leaf that is not what was stored.</summary>
    public void NoteWrong(KnownPeer peer, int leaf)
    {
        lock (wrong)
        {
            if (!wrong.Contains((peer, leaf)))
            {
                wrong.Add((peer, leaf));
            }
        }
    }

    /// <summary>Computes a leaf of one body from those of others.</summary>
    /// <param name="index">The index of the body whose leaf is wanted.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="tree">What it is held against; null for a body whose tree nobody has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: too few others have their leaf.</exception>
    public async Task<byte[]> RebuildAsync(int index, int leaf, ShareTree? tree, CancellationToken cancellationToken)
    {
        var others = new List<(int Index, byte[] Octets)>();
        foreach (var body in Bodies.Where(body => body.Index != index).OrderBy(body => body.IsBroken).ToList())
        {
            if (others.Count == Layout.Required)
            {
                break;
            }

            var outcome = await TryReadAsync(body, leaf, cancellationToken).ConfigureAwait(false);
            if (outcome is { } octets)
            {
                others.Add((body.Index, octets));
            }
        }

        if (others.Count < Layout.Required)
        {
            throw new BackupProblem(
                BackupProblem.TooFewShares,
                $"Leaf {leaf} of share {index} is lost: {others.Count} of the others have theirs, and {Layout.Required} are needed."
            );
        }

        var rebuilt = Layout.Rebuild(index, (long)leaf * ShareTree.LeafSize, others);
        return tree is null || tree.Holds(leaf, rebuilt)
            ? rebuilt
            : throw new BackupProblem(BackupProblem.BadBody, $"Leaf {leaf} of share {index} does not come out as it was stored.");
    }

    private async Task<byte[]?> TryReadAsync(RemoteBody body, int leaf, CancellationToken cancellationToken)
    {
        try
        {
            var octets = await body.ReadLeafAsync(leaf, cancellationToken).ConfigureAwait(false);
            if (octets is null)
            {
                NoteWrong(body.Peer, leaf);
            }

            return octets;
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is not null)
        {
            body.IsBroken = true;
            NoteWrong(body.Peer, leaf);
            return null;
        }
    }
}
