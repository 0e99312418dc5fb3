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
        Run("evidence", draw, input => EvidenceToken.Parse(Text(input)), typeof(TokenException));
        Run("unsigned evidence", random => Unsigned(draw(random)), input => UnsignedEvidence.Parse(Text(input)), typeof(TokenException));
        Run("key record", draw, input => KeyRecordToken.Parse(Text(input)), typeof(TokenException));
    }

    [Fact]
    public async Task Verify_Bundles_AreJudged()
    {
        using var log = new LogCorpus(scene);
        var whole = (await log.CasesAsync())[0].Archive;
        var files = BundleArchive.Read(whole);
        Run("archive", Octets(whole), input => BundleArchive.Read(input), typeof(ArchiveFault));
        // What is wrong with a bundle is said, and never thrown.
        var fuzz = new ReaderFuzz("bundle", FuzzPlan.Of(100)) { Memory = (8 << 20, 400) };
        Report(fuzz.Run(random => Repacked(files, random), input => new BundleVerifier([]).Run(input)));
    }

    [Fact]
    public async Task Parse_FilesOfALog_AreReadOrRefused()
    {
        using var log = new LogCorpus(scene);
        var files = BundleArchive.Read((await log.CasesAsync())[0].Archive);
        var key = NoteKey.Parse(log.LogKey);
        foreach (var (path, content) in files.Where(file => file.Key.StartsWith("log", StringComparison.Ordinal)))
        {
            Run($"{path} as a note", Texts(Text(content)), input => SignedNote.Parse(input), typeof(ProtocolException));
            Run($"{path} as a checkpoint", Texts(Text(content)), input => OpenCheckpoint(input, key), typeof(ProtocolException));
            Run($"{path} as a proof", Texts(Text(content)), input => LogProof.Parse(Text(input)), typeof(ProtocolException));
        }

        var note = SignedNote.Parse(files[BundlePaths.Checkpoint]);
        var request = $"{new AddCheckpointRequest(3, [LogLeaf.OfToken(scene.Origin.Text).TokenHash], note)}";
        Run("request of a witness", Texts(request), input => AddCheckpointRequest.Parse(Text(input)), typeof(ProtocolException));
        Run("key of a log", Texts(log.LogKey), input => NoteKey.Parse(Text(input)), typeof(ProtocolException));
        var stamp = files[BundlePaths.Stamp];
        Run("stamp", Octets(stamp), input => TimestampToken.ParseAnswer(input), typeof(ProtocolException));
        var asked = new TimestampRequest(LogLeaf.OfToken(scene.Origin.Text).TokenHash, new byte[] { 1, 2, 3, 4 }, true).Write();
        Run("request of a stamp", Octets(asked), input => TimestampRequest.Parse(input), typeof(TimestampRequestException));
        Run("leaf", Octets(LogLeaf.OfToken(scene.Origin.Text).ToEntry()), input => LogLeaf.Parse(input), typeof(ProtocolException));
        Run("tile", Octets(new byte[96]), input => HashTile.Read(input, 3), typeof(ProtocolException));
        Run("bundle of entries", Octets([0, 2, 1, 1, 0, 1, 9]), input => EntryBundle.Read(input, 2), typeof(ProtocolException));
    }

    [Fact]
    public void Parse_ItemsOfAnExport_AreReadOrRefused()
    {
        var item = JsonNode.Parse(
            """{"Item":{"pk":{"S":"EXCHANGE#a"},"sk":{"S":"EXCHANGE"},"size":{"N":"17"},"list":{"L":[{"S":"x"}]}}}"""
        );
        Run("item", random => Json(item, random), input => AuditedItem.Parse(Text(input)), typeof(ProtocolException));
        var keys = JsonNode.Parse(scene.Files(scene.Completed)[BundlePaths.Keys]);
        Run("keys", random => Json(keys, random), input => BundledKeys.Read(input));
        var list = JsonNode.Parse(BundleArchive.Read(scene.Pack(scene.Files(scene.Completed)))[BundleList.Path]);
        Run("list", random => Json(list, random), input => BundleList.Read(input));
    }

    private static byte[] Json(JsonNode? whole, Random random)
    {
        var text = new JsonMutator(random).Mutate(whole)?.ToJsonString() ?? "null";
        return Encoding.UTF8.GetBytes(
            random.Next(4) == 0 ? TextMutator.Mutate(text, random, ["\\ud800", "\\u0000", "{", "[", ",", "\""]) : text
        );
    }

    private static byte[] Unsigned(byte[] token) => token[..Math.Max(0, token.AsSpan().LastIndexOf((byte)'.'))];

    private static void OpenCheckpoint(byte[] input, NoteKey key) => Checkpoint.Open(SignedNote.Parse(input), key);

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

    private void Run(string name, Func<Random, byte[]> draw, Action<byte[]> read, params Type[] declared) =>
        Report(new ReaderFuzz(name, FuzzPlan.Of(150), declared).Run(draw, read));

    private void Report(ReaderFuzz fuzz) => output.WriteLine($"{fuzz}");
}
