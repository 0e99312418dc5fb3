using FairShare.Core.Digests;
using FairShare.Log.Checkpoints;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Tests.Merkle;
using FairShare.Log.Witnesses;

namespace FairShare.Log.Tests.Witnesses;

/// <summary>The answers that C2SP tlog-witness demands, by status.</summary>
public sealed class WitnessTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly NoteSigner log = new("log.example", NoteKeyKind.Ed25519, new byte[32]);
    private readonly NoteSigner stranger = new("log.example", NoteKeyKind.Ed25519, [1, .. new byte[31]]);
    private readonly Witness witness;
    private Checkpoint? last;

    public WitnessTests() =>
        witness = new Witness(new NoteSigner("witness.example", NoteKeyKind.Cosignature, [2, .. new byte[31]]), [log.Key]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decide_LogThatGrows_IsCosignedEachTime()
    {
        foreach (var size in new[] { 3, 3, 7, 300 })
        {
            var request = await RequestAsync((int)(last?.Size ?? 0), size);
            var answer = Decide(request.ToString());
            Assert.Equal(200, answer.Status);
            var cosigned = request.Note.With(
                answer
                    .Body.Split('\n')[..^1]
                    .Select(line => NoteSignature.TryParse(line, out var signature) ? signature : throw new InvalidOperationException())
            );
            Assert.Equal(Now, cosigned.Open(witness.Key, log.Key)[witness.Key].CosignedAt());
        }
    }

    [Fact]
    public async Task Decide_Fork_IsRefused()
    {
        Assert.Equal(200, Decide((await RequestAsync(0, 5)).ToString()).Status);
        var other = await RequestAsync(5, 7);
        var forked = other with { Note = Note(log, 7, Sha256Digest.Of("another"u8)) };
        Assert.Equal(422, Decide(forked.ToString()).Status);
        var sameSize = other with { OldSize = 5, Hashes = [], Note = Note(log, 5, Sha256Digest.Of("another"u8)) };
        Assert.Equal(409, Decide(sameSize.ToString()).Status);
        Assert.Equal(5, last!.Size);
    }

    [Fact]
    public async Task Decide_AnotherOldSize_SaysWhichItKnows()
    {
        Assert.Equal(200, Decide((await RequestAsync(0, 5)).ToString()).Status);
        var answer = Decide((await RequestAsync(3, 7)).ToString());
        Assert.Equal((409, "text/x.tlog.size", "5\n"), (answer.Status, answer.MediaType, answer.Body));
    }

    [Fact]
    public async Task Decide_UnknownLogOrKeyOrForm_IsRefused()
    {
        var request = await RequestAsync(0, 5);
        var root = await new MerkleTree(SampleTree.Nodes(5), 5).RootAsync(Cancel);
        Assert.Equal(403, Decide((request with { Note = Note(stranger, 5, root) }).ToString()).Status);
        var foreign = new NoteSigner("other.example", NoteKeyKind.Ed25519, new byte[32]);
        Assert.Equal(404, Decide((request with { Note = Note(foreign, 5, root) }).ToString()).Status);
        Assert.Equal(400, Decide((request with { OldSize = 6 }).ToString()).Status);
        Assert.Equal(400, Decide("old 00\n" + request.ToString()["old 0\n".Length..]).Status);
        Assert.Equal(400, Decide("").Status);
        Assert.Equal(422, Decide((request with { Hashes = [root] }).ToString()).Status);
        Assert.Null(last);
    }

    private WitnessAnswer Decide(string body)
    {
        var answer = witness.Decide(body, _ => last, Now);
        last = answer.Cosigned ?? last;
        return answer;
    }

    private async Task<AddCheckpointRequest> RequestAsync(int oldSize, int size)
    {
        var tree = new MerkleTree(SampleTree.Nodes(size), size);
        var proof = await tree.ProveConsistencyAsync(oldSize, Cancel);
        return new AddCheckpointRequest(oldSize, proof.Hashes, Note(log, size, await tree.RootAsync(Cancel)));
    }

    private static SignedNote Note(NoteSigner signer, long size, Sha256Digest root)
    {
        var text = new Checkpoint(signer.Key.Name, size, root).ToText();
        return new SignedNote(text, [signer.Sign(text, default)]);
    }
}
