using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Log.Tests.Merkle;

namespace FairShare.Log.Tests.Proofs;

public sealed class LogProofTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly NoteSigner signer = new("log.example", NoteKeyKind.Ed25519, new byte[32]);

    [Fact]
    public async Task Verify_OwnProof_GivesTheCheckpoint()
    {
        var proof = await ProveAsync(5, 7);
        var parsed = LogProof.Parse(proof.ToString());
        Assert.Equal(7, parsed.Verify(SampleTree.Leaf(5), signer.Key).Size);
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 5\n", parsed.ToString(), StringComparison.Ordinal);
        Assert.Equal("AAAA", LogProof.Parse((proof with { ExtraBase64 = "AAAA" }).ToString()).ExtraBase64);
    }

    [Fact]
    public async Task Verify_AnotherTokenIndexOrLog_IsRefused()
    {
        var proof = await ProveAsync(5, 7);
        Assert.Equal("not-included", Refusal(proof, SampleTree.Leaf(4)));
        Assert.Equal("not-included", Refusal(proof, new LogLeaf("Other", SampleTree.Leaf(5).TokenHash)));
        Assert.Equal("not-included", Refusal(proof with { Index = 4 }, SampleTree.Leaf(5)));
        Assert.Equal("not-included", Refusal(proof with { Hashes = [.. proof.Hashes.Reverse()] }, SampleTree.Leaf(5)));
        var other = new NoteSigner("log.example", NoteKeyKind.Ed25519, [1, .. new byte[31]]);
        Assert.Equal("unsigned-note", Assert.Throws<ProtocolException>(() => proof.Verify(SampleTree.Leaf(5), other.Key)).Code);
    }

    [Theory]
    [InlineData("index 5", "index 05")]
    [InlineData("index 5", "index -5")]
    [InlineData("index 5", "5")]
    [InlineData("index 5", "extra !\nindex 5")]
    [InlineData("index 5", "index 5\nAAAA")]
    [InlineData("@v1", "@v2")]
    [InlineData("@v1\n", "@v1\r\n")]
    public async Task Parse_AnythingElse_IsRefused(string text, string instead)
    {
        var changed = (await ProveAsync(5, 7)).ToString().Replace(text, instead, StringComparison.Ordinal);
        Assert.Equal("invalid-proof", Assert.Throws<ProtocolException>(() => LogProof.Parse(changed)).Code);
    }

    private string Refusal(LogProof proof, LogLeaf leaf) => Assert.Throws<ProtocolException>(() => proof.Verify(leaf, signer.Key)).Code;

    private async Task<LogProof> ProveAsync(int index, int size)
    {
        var tree = new MerkleTree(SampleTree.Nodes(size), size);
        var text = new Checkpoint(signer.Key.Name, size, await tree.RootAsync(Cancel)).ToText();
        var note = new SignedNote(text, [signer.Sign(text, default)]);
        return new LogProof(index, (await tree.ProveInclusionAsync(index, Cancel)).Hashes, note);
    }
}
