using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>A share that its peer has damaged, in each kind of place: found without fetching the backup, named, and made anew.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupDamageTests(PeerFixture peers) : IDisposable
{
    private const int Size = 9 << 20;
    private const int Leaf = 16 << 10;
    private const int LastLeaf = -1;

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("ida", 1)]
    [InlineData("sss", 4)]
    public async Task Check_DamageOfEachKind_IsFoundNamedAndRepaired(string scheme, int stride)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3", "p4", "p5");
        var file = workspace.MakeFile("book.bin", Size);
        var backup = (await owner.RunAsync("backup", "create", file, "-m", "3", "--scheme", scheme))["backup"]!.ToString();
        var seen = 0;
        foreach (var (part, change, leaf) in Damages().Where((_, place) => place % stride == 0))
        {
            await peers.ChangeAsync("p4", await KeyAsync("p4", backup, part), change);
            var (exitCode, found) = await owner.AskAsync("backup", "check", backup, "--deep");
            Assert.Equal(ExitCode.NotVerified, exitCode);
            var bad = Assert.Single(found["peers"]!.AsArray(), peer => !IsGood(peer!))!;
            Assert.Equal("p4", bad["peer"]!.ToString());
            var expected = leaf == LastLeaf ? (int)bad["leaves"]! - 1 : leaf;
            Assert.Equal(leaf is not null, (bool)bad["body"]!);
            Assert.Equal(expected is { } one ? [one] : [], bad["wrong"]!.AsArray().Select(number => (int)number!));
            Assert.InRange((long)found["traffic"]!, 0, 5L * 40 * Leaf);

            // Not with every damage: it takes a while.
            if (seen % 4 == 0)
            {
                await RestoreAsync(owner, backup, file, workspace.At($"restored-{seen}"));
            }

            var repaired = await owner.RunAsync("backup", "repair", backup);
            var share = Assert.Single(repaired["repaired"]!.AsArray())!;
            Assert.Equal(("p4", leaf is null), (share["peer"]!.ToString(), (bool)share["body"]!));
            var hashes = ((int)bad["leaves"]! * 32) + 1;
            Assert.InRange((long)repaired["traffic"]!, 0, leaf is null ? long.MaxValue : (5 * hashes) + (3 * Leaf));
            seen++;
        }

        Assert.True((bool)(await owner.RunAsync("backup", "check", backup, "--deep"))["good"]!);
        Assert.Equal((9 + stride - 1) / stride, seen);
        await owner.RunAsync("backup", "delete", backup);
    }

    private static async Task RestoreAsync(BackupOwner owner, string backup, string file, string folder)
    {
        await owner.RunAsync("backup", "restore", backup, "--out", folder);
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, "book.bin"))));
    }

    /// <summary>The object, what becomes of it, and the leaf that is wrong then; null where the body cannot be told at all.</summary>
    private static IEnumerable<(string Part, Func<byte[], byte[]?> Change, int? Leaf)> Damages()
    {
        yield return ("body", octets => Flip(octets, 0), 0);
        yield return ("body", octets => Flip(octets, 4), 0);
        yield return ("body", octets => Flip(octets, Leaf - 1), 0);
        yield return ("body", octets => Flip(octets, Leaf), 1);
        yield return ("body", octets => Flip(octets, (100 * Leaf) + 77), 100);
        yield return ("body", octets => Flip(octets, octets.Length - 1), LastLeaf);
        yield return ("tree", octets => Flip(octets, 5), null);
        yield return ("tree", octets => octets[..^1], null);
        yield return ("tree", _ => null, null);
    }

    private static byte[] Flip(byte[] octets, int place)
    {
        octets[place] ^= 0x10;
        return octets;
    }

    private static bool IsGood(JsonNode peer) =>
        peer["failure"] is null && (bool)peer["body"]! && (bool)peer["keyShare"]! && peer["wrong"]!.AsArray().Count == 0;

    private async Task<string> KeyAsync(string peer, string backup, string part) =>
        Assert.Single(await peers.ObjectsAsync(peer, backup), key => key.EndsWith(part, StringComparison.Ordinal));
}
