using System.IO.Pipelines;
using FairShare.Backup.Bodies;
using FairShare.Backup.Curve;
using FairShare.Backup.Fec;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Vault.Compression;
using FairShare.Vault.Extraction;

namespace FairShare.Client.Backup.Reading;

/// <summary>What was restored.</summary>
/// <param name="Paths">What stands in the folder now.</param>
/// <param name="ContentLength">Octets of all files.</param>
/// <param name="Shares">What the peers had.</param>
/// <param name="BadShares">The peers whose key shares are not what they were given.</param>
/// <param name="WrongLeaves">Leaves that were not what was stored, and were computed from others.</param>
/// <param name="Traffic">Octets of bodies that were fetched.</param>
public sealed record RestoredBackup(
    IReadOnlyList<string> Paths,
    long ContentLength,
    ShareCollection Shares,
    IReadOnlyList<KnownPeer> BadShares,
    IReadOnlyList<(KnownPeer Peer, int Leaf)> WrongLeaves,
    long Traffic
)
{
    /// <summary>The peers that did not answer, or not as they must, and those whose bodies could not be read.</summary>
    public IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures { get; init; } = [];
}

/// <summary>Restores a backup from any m of its peers; nothing is kept on disk but what is restored.</summary>
/// <param name="session">Owner and peers.</param>
public sealed class BackupRestoration(BackupSession session)
{
    /// <summary>The name of what came from a pipe; <c>backup</c> by default.</summary>
    public string PipeName { get; init; } = "backup";

    /// <summary>Restores a backup.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="folder">Where it goes; what is there already is not replaced.</param>
    /// <param name="cancellationToken">Stops it; nothing stays.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>.</exception>
    /// <exception cref="Core.Errors.ProtocolException">The file is not genuine, or is not extracted; nothing of it stays.</exception>
    public async Task<RestoredBackup> RunAsync(BackupId backup, string folder, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: true, cancellationToken).ConfigureAwait(false);
        var (secret, bad) = RequireSecret(shares);
        var set = await BodySet.OpenAsync(session, shares, cancellationToken).ConfigureAwait(false);
        var (paths, length) = await ExtractAsync(set, secret, folder, cancellationToken).ConfigureAwait(false);
        return new RestoredBackup(paths, length, shares, bad, set.Wrong, set.Bodies.Sum(body => body.Traffic))
        {
            Failures = [.. shares.Failures, .. set.Failures],
        };
    }

    /// <summary>The passphrase of the age file, for who restores with other tools.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>.</exception>
    public async Task<string> PassphraseAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: true, cancellationToken).ConfigureAwait(false);
        return AgePassphrase.Of(RequireSecret(shares).Secret);
    }

    private static (Scalar Secret, IReadOnlyList<KnownPeer> Bad) RequireSecret(ShareCollection shares)
    {
        var (secret, bad) = shares.Restore();
        return secret is { } found
            ? (found, bad)
            : throw new BackupProblem(
                BackupProblem.TooFewShares,
                $"Fewer than {shares.Manifest.Parameters.Threshold} key shares are good: {shares.Held.Count} peers answered"
                    + (bad.Count > 0 ? $", and those of {string.Join(", ", bad.Select(peer => peer.Name))} are not." : ".")
            );
    }

    private async Task<(IReadOnlyList<string> Paths, long Length)> ExtractAsync(
        BodySet set,
        Scalar secret,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (set.Bodies.Count < set.Layout.Required)
        {
            throw new BackupProblem(
                BackupProblem.TooFewShares,
                $"{set.Layout.Required} bodies are needed, and {set.Bodies.Count} can be read."
            );
        }

        var pipe = new Pipe();
        var extracting = Task.Factory.StartNew(
            () => Extract(pipe.Reader, secret, folder, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await JoinAsync(set, pipe.Writer, cancellationToken).ConfigureAwait(false);
        return await extracting.ConfigureAwait(false);
    }

    private static async Task JoinAsync(BodySet set, PipeWriter writer, CancellationToken cancellationToken)
    {
        var bodies = set.Bodies.Take(set.Layout.Required).Select(body => new VerifiedBody(set, body)).ToList();
        try
        {
            await using var file = writer.AsStream(leaveOpen: true);
            await (
                set.Layout.Code is null
                    ? bodies[0].CopyToAsync(file, cancellationToken)
                    : FecJoiner.JoinAsync(bodies, file, cancellationToken)
            ).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is thrown where the pipe is read.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await writer.CompleteAsync(fault).ConfigureAwait(false);
        }
        finally
        {
            bodies.ForEach(body => body.Dispose());
        }
    }

    private (IReadOnlyList<string> Paths, long Length) Extract(
        PipeReader reader,
        Scalar secret,
        string folder,
        CancellationToken cancellationToken
    )
    {
        Exception? failure = null;
        try
        {
            using var source = reader.AsStream(leaveOpen: true);
            using var opened = BackupFile.Open(source, secret);
            if (opened.Kind == PayloadKind.Archive)
            {
                var tree = new TreeExtractor(session.Randomness).Extract(opened.Content, folder, cancellationToken);
                return (tree.Paths, tree.ContentLength);
            }

            var path = Path.Combine(Path.GetFullPath(folder), PipeName);
            return ([path], new PipeExtractor(session.Randomness).Extract(opened.Content, path, cancellationToken));
        }
        catch (Exception fault)
        {
            failure = fault;
            throw;
        }
        finally
        {
            reader.Complete(failure);
        }
    }
}
