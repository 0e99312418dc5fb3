using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Records;

public sealed class PeerSharesFormatTests
{
    private static readonly SystemRandomness Randomness = new();

    [Fact]
    public void PeerShares_WithEverything_ReadBack()
    {
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), 3, 40, Randomness);
        List<EphemeralKey> keys =
        [
            .. Enumerable.Range(1, 40).Select(index => new EphemeralKey(index, AgreementKey.New(Randomness).PublicKey)),
        ];
        var backup = BackupId.New(Randomness);
        var parameters = new RefreshParameters(3, 40, 0);
        var peer = new RefreshPeer(5, parameters, backup.ToBytes());
        var (kept, deal) = peer.Deal(new PeerShares(4, dealing.Commitments, dealing.Shares[4]), keys, Randomness);
        kept = kept with { Prepared = new PreparedShare(Sha256Digest.Of([1]), dealing.Commitments, dealing.Shares[4], 0) };
        PreparedShare former = new(Sha256Digest.Of([2]), dealing.Commitments, dealing.Shares[7] with { Index = 5 }, 3);
        kept = kept with { GivenUp = [.. Enumerable.Repeat(former, RefreshPeer.MostGivenUp)] };
        var octets = PeerSharesFormat.Write(kept);
        Assert.InRange(octets.Length, 1, 4096);
        var rest = new PeerShares(4, dealing.Commitments, null) { Deal = deal };
        var read = PeerSharesFormat.Read(octets, rest, 5, KeptTranscript.Of(kept.Prepared!), [.. kept.GivenUp.Select(KeptTranscript.Of)]);
        Assert.Equal(kept.GivenUp, read.GivenUp);
        Assert.Equal((kept.Current, kept.Prepared!.Share), (read.Current, read.Prepared!.Share));
        Assert.Equal(kept.Dealt!.Updates, read.Dealt!.Updates);
    }
}
