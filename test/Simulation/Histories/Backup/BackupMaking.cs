using FairShare.Backup.Curve;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>
/// Makes a backup step by step, as the client does, of a body that is random octets: peers take it for ciphertext. The client itself
/// compresses and encrypts on a thread of its own, which has no place in a run that is to repeat.
/// </summary>
internal sealed class BackupMaking(BackupSession session, byte[] body)
{
    private readonly Sha256Digest digest = Sha256Digest.Of(body);
    private readonly HashSet<int> stored = [];
    private SecretDealing? dealing;
    private BackupRecord? manifest;

    public BackupId Id { get; } = BackupId.New(session.Randomness);

    public Scalar Secret { get; } = Scalar.Random(session.Randomness);

    /// <summary>Stores it at every peer; a repeat does it at those that have not given a receipt.</summary>
    /// <exception cref="Exception">A peer failed, for one of the reasons that <see cref="PeerFailure.Of"/> knows.</exception>
    public async Task RunAsync()
    {
        dealing ??= SecretDealing.Deal(Secret, SimulatedPeers.Threshold, SimulatedPeers.Total, session.Randomness);
        manifest ??= await BackupRecord.SignAsync(
            RecordKind.BackupManifest,
            Manifest(dealing).ToMembers(Timestamp.Truncate(session.Time.GetUtcNow())),
            session.Owner,
            CancellationToken.None
        );
        await Task.WhenAll(session.Peers.Peers.Select((peer, place) => StoreOnceAsync(place, peer, manifest, dealing.Shares[place])));
    }

    /// <summary>Begins an upload at every peer that nobody makes, and stores it there once more.</summary>
    /// <exception cref="Exception">A peer failed, for one of the reasons that <see cref="PeerFailure.Of"/> knows.</exception>
    public async Task RunAgainAsync()
    {
        await Task.WhenAll(session.Peers.Peers.Select((peer, place) => BeginAsync(peer, dealing!.Shares[place])));
        stored.Clear();
        await RunAsync();
    }

    private async Task StoreOnceAsync(int place, PeerConnection peer, BackupRecord manifest, SecretShare share)
    {
        if (!stored.Contains(place))
        {
            await StoreAsync(peer, manifest, share);
            stored.Add(place);
        }
    }

    private DigestView View => new(DigestMethod.Sha256.Name(), digest.ToString());

    private BackupManifest Manifest(SecretDealing dealing)
    {
        using var leaves = new LeafHasher();
        leaves.Append(body);
        var root = leaves.Complete().Root;
        return new BackupManifest
        {
            Backup = Id,
            Sequence = 1,
            Scheme = BackupScheme.Sss,
            Parameters = new RefreshParameters(
                SimulatedPeers.Threshold,
                SimulatedPeers.Total,
                RefreshParameters.DefaultLiars(SimulatedPeers.Threshold, SimulatedPeers.Total)
            ),
            Happy = SimulatedPeers.Total,
            Size = body.Length,
            BodySize = body.Length,
            Digest = digest,
            Owners = [session.Owner.KeyId],
            Peers = [.. session.Peers.Peers.Select(peer => PublicKey.FromJwk(peer.Peer.Key).Thumbprint)],
            Roots = [.. session.Peers.Peers.Select(_ => root)],
            Commitments = dealing.Commitments,
        };
    }

    private async Task StoreAsync(PeerConnection peer, BackupRecord manifest, SecretShare share)
    {
        var grant = await BeginAsync(peer, share);
        await PutAsync(grant.Upload ?? throw peer.BadAnswer("no upload"));
        Base64UrlText.TryDecode(peer.Peer.Agreement, out var recipient);
        var sealedShare = AgreementKey.Seal(
            recipient,
            new KeyShareFile(Id, 0, share).ToBytes(),
            KeyShareFile.ContextOf(Id, 0, share.Index),
            session.Randomness
        );
        var statement = new ShareStatement(manifest.Text, body.Length, View, Share: Base64UrlText.Encode(sealedShare));
        var answer = await peer.OrderAsync(PeerRoutes.ConfirmShare, Id, statement, CancellationToken.None);
        peer.Read(answer.Record, RecordKind.StorageReceipt, Id);
    }

    private Task<ShareUploadGrant> BeginAsync(PeerConnection peer, SecretShare share) =>
        peer.OrderAsync(
            PeerRoutes.RequestShareUpload,
            Id,
            new ShareUpload(share.Index, body.Length, Fresh: true, Digest: View),
            CancellationToken.None
        );

    private async Task PutAsync(UploadWay way)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, way.Url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in way.Headers ?? new Dictionary<string, string>())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await session.Transfers.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
