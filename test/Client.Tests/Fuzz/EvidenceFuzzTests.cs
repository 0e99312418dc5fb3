using System.Text;
using System.Text.Json.Nodes;
using FairShare.Audit.Items;
using FairShare.Client.Bundles;
using FairShare.Client.Tests.Bundles;
using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Log.Tiles;
using FairShare.Log.Witnesses;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Client.Tests.Fuzz;

/// <summary>Whatever stands in the place of evidence is read, or refused as it should be: tokens, bundles, a log's files, stamps.</summary>
public sealed class EvidenceFuzzTests(ITestOutputHelper output) : IDisposable
{
    private readonly BundleScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public void Parse_Tokens_AreReadOrRefused()
    {
        string[] tokens = [.. scene.Completed.Values, scene.Refusal.Text, scene.Declined.Text, scene.Expired.Text, scene.Withdrawn.Text];
        Func<Random, byte[]> draw = random => Encoding.UTF8.GetBytes(JwsMutator.Mutate(tokens[random.Next(tokens.Length)], random));
        var whole = Encoding.UTF8.GetBytes(tokens[0]);
        Run("evidence", whole, draw, input => EvidenceToken.Parse(Text(input)), typeof(TokenException));
        Run(
            "unsigned evidence",
            Unsigned(whole),
            random => Unsigned(draw(random)),
            input => UnsignedEvidence.Parse(Text(input)),
            typeof(TokenException)
        );
    }

    [Fact]
    public void Parse_KeyRecords_AreReadOrRefused()
    {
        foreach (var record in new KeyRecordCorpus(scene).Whole)
        {
            Run(
                "key record",
                Encoding.UTF8.GetBytes(record),
                random => Encoding.UTF8.GetBytes(JwsMutator.Mutate(record, random)),
                input => KeyRecordToken.Parse(Text(input)),
                typeof(TokenException)
            );
        }
    }

    [Fact]
    public async Task Verify_Bundles_AreJudged()
    {
        using var log = new LogCorpus(scene);
        var whole = (await log.CasesAsync())[0].Archive;
        var files = BundleArchive.Read(whole);
        Run("archive", whole, Octets(whole), input => BundleArchive.Read(input), typeof(ArchiveFault));
        // What is wrong with a bundle is said, and never thrown.
        var fuzz = new ReaderFuzz("bundle", FuzzPlan.Of(100)) { Memory = (8 << 20, 400) };
        Report(fuzz.Run(whole, random => Repacked(files, random), input => new BundleVerifier([]).Run(input)));
    }

    [Fact]
    public async Task Parse_FilesOfALog_AreReadOrRefused()
    {
        using var log = new LogCorpus(scene);
        var files = BundleArchive.Read((await log.CasesAsync())[0].Archive);
        var key = NoteKey.Parse(log.LogKey);
        var checkpoint = Text(files[BundlePaths.Checkpoint]);
        Told("note", checkpoint, input => SignedNote.Parse(input));
        Told("checkpoint", checkpoint, input => Checkpoint.Open(SignedNote.Parse(input), key));
        foreach (var (path, content) in files.Where(file => file.Key.EndsWith(".tlog-proof", StringComparison.Ordinal)))
        {
            Told(path, Text(content), input => LogProof.Parse(Text(input)));
        }

        Told("key", Text(files[BundlePaths.LogKey]).Trim(), input => NoteKey.Parse(Text(input)));
        var note = SignedNote.Parse(files[BundlePaths.Checkpoint]);
        var request = $"{new AddCheckpointRequest(3, [LogLeaf.OfToken(scene.Origin.Text).TokenHash], note)}";
        Told("request of a witness", request, input => AddCheckpointRequest.Parse(Text(input)));
        var stamp = files[BundlePaths.Stamp];
        Run("stamp", stamp, Octets(stamp), input => TimestampToken.ParseAnswer(input), typeof(ProtocolException));
        var asked = new TimestampRequest(LogLeaf.OfToken(scene.Origin.Text).TokenHash, new byte[] { 1, 2, 3, 4 }, true).Write();
        Run("request of a stamp", asked, Octets(asked), input => TimestampRequest.Parse(input), typeof(TimestampRequestException));
        var leaf = LogLeaf.OfToken(scene.Origin.Text).ToEntry();
        Run("leaf", leaf, Octets(leaf), input => LogLeaf.Parse(input), typeof(ProtocolException));
        var tile = new byte[96];
        Run("tile", tile, Octets(tile), input => HashTile.Read(input, 3), typeof(ProtocolException));
        byte[] entries = [0, 2, 1, 1, 0, 1, 9];
        Run("bundle of entries", entries, Octets(entries), input => EntryBundle.Read(input, 2), typeof(ProtocolException));

        void Told(string what, string whole, Func<byte[], object?> read) =>
            Run(what, Encoding.UTF8.GetBytes(whole), Texts(whole), read, typeof(ProtocolException));
    }

    [Fact]
    public void Parse_ItemsOfAnExport_AreReadOrRefused()
    {
        var item = JsonNode.Parse(
            """{"Item":{"pk":{"S":"EXCHANGE#a"},"sk":{"S":"EXCHANGE"},"size":{"N":"17"},"list":{"L":[{"S":"x"}]}}}"""
        );
        Run("item", Whole(item), random => Json(item, random), input => AuditedItem.Parse(Text(input)), typeof(ProtocolException));
        var keys = JsonNode.Parse(scene.Files(scene.Completed)[BundlePaths.Keys]);
        Run("keys", Whole(keys), random => Json(keys, random), input => BundledKeys.Read(input));
        var list = JsonNode.Parse(BundleArchive.Read(scene.Pack(scene.Files(scene.Completed)))[BundleList.Path]);
        Run("list", Whole(list), random => Json(list, random), input => BundleList.Read(input));
    }

    private static byte[] Whole(JsonNode? whole) => Encoding.UTF8.GetBytes(whole!.ToJsonString());

    private static byte[] Json(JsonNode? whole, Random random)
    {
        var text = new JsonMutator(random).Mutate(whole)?.ToJsonString() ?? "null";
        return Encoding.UTF8.GetBytes(
            random.Next(4) == 0 ? TextMutator.Mutate(text, random, ["\\ud800", "\\u0000", "{", "[", ",", "\""]) : text
        );
    }

    private static byte[] Unsigned(byte[] token) => token[..Math.Max(0, token.AsSpan().LastIndexOf((byte)'.'))];

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);

    private static Func<Random, byte[]> Octets(byte[] whole) => random => OctetMutator.Mutate(whole, random);

    private static Func<Random, byte[]> Texts(string whole) =>
        random => Encoding.UTF8.GetBytes(TextMutator.Mutate(whole, random, ["\n", "\u2014 ", " ", "0", "=", "+"]));

    // An archive that is one, with a file in it that is none: what is behind the archive's checks is reached too.
    private byte[] Repacked(IReadOnlyDictionary<string, byte[]> whole, Random random)
    {
        var files = whole.Where(file => file.Key != BundleList.Path).ToDictionary(file => file.Key, file => file.Value);
        var path = files.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(files.Count));
        files[path] = path.EndsWith(".jws", StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(JwsMutator.Mutate(Text(files[path]), random))
            : OctetMutator.Mutate(files[path], random);
        return scene.Pack(files);
    }

    private void Run(string name, byte[] whole, Func<Random, byte[]> draw, Func<byte[], object?> read, params Type[] declared) =>
        Report(new ReaderFuzz(name, FuzzPlan.Of(150), declared).Run(whole, draw, read));

    private void Report(ReaderFuzz fuzz) => output.WriteLine($"{fuzz}");
}
