using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Records;

/// <summary>What is handed on of a peer's answer in a refresh: what it has signed, and as much as it may say.</summary>
public sealed class SignedRefreshTests : IDisposable
{
    private const int Total = 40;
    private const uint Epoch = uint.MaxValue - 1;
    private static readonly SystemRandomness Randomness = new();
    private readonly RecordSigner signer = new();
    private readonly RecordSigner other = new();
    private readonly BackupId backup = BackupId.New(Randomness);

    public void Dispose()
    {
        signer.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task SaidBy_OfAccusationsAndOpeningsOfTheLargestBackup_TakesOneForEachPeer()
    {
        var accusations = new List<string>();
        var openings = new List<string>();
        for (var peer = 1; peer <= Total + 1; peer++)
        {
            var deal = Sha256Digest.Of([(byte)peer]);
            accusations.Add(
                await SignAsync(RecordKind.Accusation, RefreshRecords.Write(new Accusation(Total, peer, deal), backup, Epoch, Now))
            );
            var update = new SecretShare(peer, Scalar.Random(Randomness), Scalar.Random(Randomness));
            openings.Add(
                await SignAsync(RecordKind.DealOpening, RefreshRecords.Write(new DealOpening(Total, deal, update), backup, Epoch, Now))
            );
        }

        Assert.Equal(accusations.Take(Total), Said.SaidBy(Total, RecordKind.Accusation, [.. accusations.Take(2), .. accusations]));
        Assert.Equal(openings.Take(Total), Said.SaidBy(Total, RecordKind.DealOpening, openings));
    }

    [Fact]
    public async Task SaidBy_OfWhatAnotherHasSignedOrNobody_TakesNothing()
    {
        var prepared = RefreshRecords.Write(new RefreshPrepared(Total, Sha256Digest.Of([1])), backup, Epoch, Now);
        var text = await SignAsync(RecordKind.RefreshPrepared, prepared);
        var forged = (
            await BackupRecord.SignAsync(RecordKind.RefreshPrepared, prepared, other, TestContext.Current.CancellationToken)
        ).Text;
        var before = RefreshRecords.Write(new RefreshPrepared(Total, Sha256Digest.Of([1])), backup, Epoch - 1, Now);
        var old = await SignAsync(RecordKind.RefreshPrepared, before);
        string?[] texts = [null, "", "e30.e30.e30", new('x', 1 << 20), forged, old, text];

        Assert.Equal([text], Said.SaidBy(Total, RecordKind.RefreshPrepared, texts));
        Assert.Empty(Said.SaidBy(1, RecordKind.RefreshPrepared, texts));
        Assert.Empty(Said.SaidBy(Total, RecordKind.RefreshDeal, texts));
    }

    private static DateTimeOffset Now => Timestamp.Truncate(DateTimeOffset.UnixEpoch.AddYears(50));

    private SignedRefresh Said => new(backup, Epoch, [.. Enumerable.Repeat<Core.Keys.PublicKey?>(null, Total - 1), signer.Key]);

    private async Task<string> SignAsync(RecordKind kind, RecordMembers members) =>
        (await BackupRecord.SignAsync(kind, members, signer, TestContext.Current.CancellationToken)).Text;
}
