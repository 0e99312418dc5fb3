using System.Security.Cryptography;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>A peer of a backup that stores nothing, deals what nobody can open, and accuses who deals well.</summary>
internal sealed class Liar : IDisposable
{
    private readonly SystemRandomness randomness = new();
    private readonly LocalSigner seal = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The liar as an owner has noted it; nothing listens at its address.</summary>
    public KnownPeer Note =>
        new(
            "liar",
            "http://127.0.0.1:9",
            seal.PublicKey.ToJwk(),
            Base64UrlText.Encode(AgreementKey.New(randomness).PublicKey.Span),
            "house liar",
            "operator liar"
        );

    public void Dispose() => seal.Dispose();

    /// <summary>A deal whose updates are sealed for others than the peers, whatever it says.</summary>
    public async Task<string> DealAsync(BackupManifest manifest, Sha256Digest keys, DateTimeOffset now)
    {
        var (threshold, total) = (manifest.Parameters.Threshold, manifest.Parameters.Total);
        var nobody = Enumerable.Range(1, total).Select(index => new EphemeralKey(index, AgreementKey.New(randomness).PublicKey));
        var deal = RefreshDeal.Seal(
            total,
            UpdateDealing.Deal(threshold, total, randomness),
            new RefreshContext(manifest.Backup.ToBytes(), 0),
            [.. nobody],
            randomness
        ) with
        {
            Keys = keys,
        };
        return await SignAsync(RecordKind.RefreshDeal, RefreshRecords.Write(deal, manifest.Backup, 0, now));
    }

    /// <summary>An accusation of a deal that is good.</summary>
    public async Task<string> AccuseAsync(BackupManifest manifest, int dealer, Sha256Digest deal, DateTimeOffset now)
    {
        var accusation = new Accusation(manifest.Parameters.Total, dealer, deal);
        return await SignAsync(RecordKind.Accusation, RefreshRecords.Write(accusation, manifest.Backup, 0, now));
    }

    private async Task<string> SignAsync(RecordKind kind, RecordMembers members) =>
        (await BackupRecord.SignAsync(kind, members, seal)).Text;
}
