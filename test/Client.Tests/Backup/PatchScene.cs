using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;

namespace FairShare.Client.Tests.Backup;

/// <summary>Bodies that are damaged, and put right.</summary>
internal sealed class PatchScene(PeerFixture peers, Workspace workspace)
{
    /// <summary>Spreads a backup with bodies of a size over three peers.</summary>
    public async Task<(BackupOwner Owner, BackupId Backup, LocalSigner Key)> CreateAsync(string scheme, int body)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var file = workspace.MakeFile("book.bin", scheme == "ida" ? body : body - 4096);
        var created = await owner.RunAsync("backup", "create", file, "-m", "2", "--scheme", scheme);
        return (owner, BackupId.Parse(created["backup"]!.ToString()), owner.OpenKey());
    }

    /// <summary>Orders a peer to put leaves right.</summary>
    public static Task<PatchAnswer> PatchAsync(PeerConnection peer, BackupId backup, IReadOnlyList<PatchedLeaf> leaves) =>
        peer.OrderAsync(PeerRoutes.PatchShare, backup, new PatchRequest(leaves), TestContext.Current.CancellationToken);

    /// <summary>Some leaves of a body.</summary>
    public static PatchedLeaf[] Leaves(byte[] body, params int[] numbers) =>
        [
            .. numbers.Select(number => new PatchedLeaf(
                number,
                Base64UrlText.Encode(
                    body.AsSpan(number * ShareTree.LeafSize, Math.Min(ShareTree.LeafSize, body.Length - (number * ShareTree.LeafSize)))
                )
            )),
        ];

    /// <summary>Changes a bit of a body.</summary>
    public static Func<byte[], byte[]> Flip(int place) =>
        octets =>
        {
            octets[place] ^= 1;
            return octets;
        };

    /// <summary>The keys of the bodies that a peer has of a backup.</summary>
    public async Task<IEnumerable<string>> BodiesAsync(string name, BackupId backup) =>
        (await peers.ObjectsAsync(name, backup.ToString())).Where(key => key.EndsWith("body", StringComparison.Ordinal));

    /// <summary>The key of the only one.</summary>
    public async Task<string> BodyKeyAsync(string name, BackupId backup) => Assert.Single(await BodiesAsync(name, backup));
}
