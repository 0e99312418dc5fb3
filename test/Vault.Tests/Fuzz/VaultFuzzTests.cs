using System.Text;
using FairShare.Core.Errors;
using FairShare.Vault.Archive;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Extraction;
using FairShare.Vault.Objects;
using FairShare.Vault.Tests.Support;
using FairShare.Vault.Tokens;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Vault.Tests.Fuzz;

/// <summary>Whatever stands in the place of an object of the vault, or of its code, is read, or refused as it should be.</summary>
public sealed class VaultFuzzTests(ITestOutputHelper output)
{
    private const long MostContent = 1 << 20;

    private static readonly CountedRandomness Randomness = new(15);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Extract_Archive_IsExtractedOrRefused()
    {
        using var folder = new TemporaryFolder();
        using var archive = new HostileArchive();
        var whole = archive
            .Folder("t")
            .File("t/file")
            .File("t/" + new string('n', 150), "longer content")
            .SymbolicLink("t/link", "file")
            .HardLink("t/hard", "t/file")
            .ToBytes();
        var number = 0;
        Run("archive", Archives(whole), input => Extract(input, folder[$"{number++}"]), typeof(ArchiveException));
        Assert.All(Directory.GetFileSystemEntries(folder.Path), path => Assert.Matches("^[0-9]+$", Path.GetFileName(path)));
    }

    [Fact]
    public void Open_Object_IsOpenedOrRefused()
    {
        var code = VaultSecrets.Code(VaultMode.Link, 3);
        using var keys = VaultKeys.Derive(code, null);
        using var stored = new MemoryStream();
        var content = new PipeContent(new MemoryStream(new byte[5000]));
        VaultObject.Write(content, VaultCompression.Zstd, VaultObject.NewEnvelope(keys, Randomness), stored, null, Stop);
        Run("object", Octets(stored.ToArray()), input => Open(input, keys), typeof(ProtocolException));
    }

    [Fact]
    public void Decompress_Payload_IsDecompressedOrRefused()
    {
        using var written = new MemoryStream();
        using (var writer = new PayloadWriter(written, PayloadKind.Pipe, VaultCompression.Zstd))
        {
            writer.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(number => $"line {number} of a text\n"))));
            writer.Complete();
        }

        // A frame may ask for a window of megabytes, which the decompressor allocates.
        var fuzz = new ReaderFuzz("payload", FuzzPlan.Of(200), typeof(PayloadException)) { Memory = (256 << 20, 0) };
        Report(fuzz.Run(Octets(written.ToArray()), Decompress));
    }

    [Fact]
    public void Parse_Codes_AreReadOrRefused()
    {
        var code = VaultSecrets.Code(VaultMode.Password, 4);
        Run("code", Texts($"{code}"), input => VaultCode.Parse(Text(input)), typeof(ProtocolException));
        Run("link", Texts($"https://vault.example.org/v#{code}"), input => VaultLink.Parse(Text(input)), typeof(ProtocolException));
        Run("cookie", Texts(VaultCookie.Write(code.Secret)), input => VaultCookie.Parse(Text(input)), typeof(ProtocolException));
        Run("ticket", Texts($"{VaultTicket.New(Randomness)}"), input => VaultTicket.Parse(Text(input)), typeof(ProtocolException));
    }

    // Where only octets of a header change, its checksum would give each away: most inputs have one that fits again.
    private static Func<Random, byte[]> Archives(byte[] whole) =>
        random =>
        {
            var changed = OctetMutator.Mutate(whole, random);
            for (var block = 0; random.Next(8) > 0 && block + 512 <= changed.Length; block += 512)
            {
                if (changed.AsSpan(block + 257, 5).SequenceEqual("ustar"u8))
                {
                    HostileArchive.Sum(changed.AsSpan(block, 512));
                }
            }

            return changed;
        };

    private static Func<Random, byte[]> Octets(byte[] whole) => random => OctetMutator.Mutate(whole, random);

    private static Func<Random, byte[]> Texts(string whole) => random => Encoding.UTF8.GetBytes(TextMutator.Mutate(whole, random));

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static void Extract(byte[] archive, string folder) => new TreeExtractor(Randomness).Extract(new MemoryStream(archive), folder);

    private static void Open(byte[] input, VaultKeys keys)
    {
        using var opened = VaultObject.Open(new MemoryStream(input), keys, MostContent);
        opened.Content.CopyTo(Stream.Null);
    }

    private static void Decompress(byte[] input)
    {
        using var payload = PayloadReader.Open(new MemoryStream(input), MostContent);
        payload.CopyTo(Stream.Null);
    }

    private void Run(string name, Func<Random, byte[]> draw, Action<byte[]> read, params Type[] declared) =>
        Report(new ReaderFuzz(name, FuzzPlan.Of(200), declared).Run(draw, read));

    private void Report(ReaderFuzz fuzz) => output.WriteLine($"{fuzz}");
}
