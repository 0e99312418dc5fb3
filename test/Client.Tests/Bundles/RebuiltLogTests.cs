using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Tiles;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The verifier in JavaScript rebuilds a log from its entries, and compares every tile on the way.</summary>
public sealed class RebuiltLogTests
{
    private const int Sizes = 601;

    [Fact]
    public async Task Rebuild_Sizes0To600_GivesTheRootOfEach()
    {
        var (files, roots) = Make();
        Assert.Equal([], await RebuildAsync(files, roots));
    }

    [Fact]
    public async Task Rebuild_AnEntryAHashOrARootThatIsNotTheLogs_IsFoundAtEverySizeThatHasIt()
    {
        var (files, roots) = Make();
        Change(files, TileAddress.OfEntries(1, 88));
        Change(files, TileAddress.OfHashes(0, 1));
        Change(files, TileAddress.OfHashes(1, 0, 1));
        roots[7] = Sha256Digest.Of([7]).ToBase64();
        var expected = new[] { 7, 344 }.Concat(Enumerable.Range(256, Sizes - 256)).Distinct().Order();
        Assert.Equal(expected, await RebuildAsync(files, roots));
    }

    private static void Change(Dictionary<string, byte[]> files, TileAddress address) => files[address.ToString()][^1] ^= 1;

    private static (Dictionary<string, byte[]> Files, List<string> Roots) Make()
    {
        var (store, edge, roots) = (new Dictionary<TileAddress, byte[]>(), LogEdge.Empty, new List<string> { TreeHash.Empty.ToBase64() });
        for (var size = 1; size < Sizes; size++)
        {
            var leaf = new LogLeaf("EvidenceOfReceipt", Sha256Digest.Of([(byte)size, (byte)(size >> 8)]));
            (edge, var files) = edge.Add([leaf]);
            foreach (var file in files)
            {
                store.Add(file.Address, file.Content);
            }

            roots.Add(edge.Root().ToBase64());
        }

        return (store.ToDictionary(file => file.Key.ToString(), file => file.Value), roots);
    }

    private static async Task<IEnumerable<int>> RebuildAsync(Dictionary<string, byte[]> files, List<string> roots)
    {
        var input = new JsonObject
        {
            ["files"] = new JsonObject(
                files.Select(file => KeyValuePair.Create<string, JsonNode?>(file.Key, Convert.ToBase64String(file.Value)))
            ),
            ["roots"] = new JsonArray([.. roots.Select(root => JsonValue.Create(root))]),
        };
        if (await NodeVerifier.RunScriptAsync("rebuild-each.mjs", input.ToJsonString()) is not { } run)
        {
            Assert.Skip(NodeVerifier.Missing);
            return [];
        }

        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
    }
}
