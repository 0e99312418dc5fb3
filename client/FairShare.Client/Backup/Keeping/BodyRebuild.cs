using FairShare.Backup.Integrity;
using FairShare.Client.Backup.Reading;

namespace FairShare.Client.Backup.Keeping;

/// <summary>Makes a lost body anew from as many others as are needed, leaf by leaf, each of theirs checked.</summary>
internal sealed class BodyRebuild(BodySet set, int index, long size)
{
    /// <summary>Writes the body.</summary>
    /// <exception cref="Peers.BackupProblem"><see cref="Peers.BackupProblem.TooFewShares"/>.</exception>
    public async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var sources = set.Bodies.Where(body => body.Index != index).Take(set.Layout.Required).ToList();
        if (sources.Count < set.Layout.Required)
        {
            throw new Peers.BackupProblem(
                Peers.BackupProblem.TooFewShares,
                $"{set.Layout.Required} other bodies are needed, and {sources.Count} can be read."
            );
        }

        var streams = sources.Select(body => new VerifiedBody(set, body)).ToList();
        try
        {
            for (var offset = 0L; offset < size; offset += ShareTree.LeafSize)
            {
                var length = (int)Math.Min(ShareTree.LeafSize, size - offset);
                var others = new List<(int, byte[])>();
                foreach (var (source, stream) in sources.Zip(streams))
                {
                    var octets = new byte[length];
                    await stream.ReadExactlyAsync(octets, cancellationToken).ConfigureAwait(false);
                    others.Add((source.Index, octets));
                }

                await destination.WriteAsync(set.Layout.Rebuild(index, offset, others), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }
}
