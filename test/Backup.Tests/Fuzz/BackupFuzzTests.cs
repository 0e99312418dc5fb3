using System.Text;
using FairShare.Backup.Curve;
using FairShare.Backup.Fec;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Backup.Tests.Fec;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Age;
using FairShare.Vault.Compression;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Backup.Tests.Fuzz;

/// <summary>Whatever a peer or an owner sends in the place of a record or of a share is read, or refused as it should be.</summary>
public sealed class BackupFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly SystemRandomness Randomness = new();

    private readonly RecordCorpus corpus = new();

    public void Dispose() => corpus.Dispose();

    public static TheoryData<RecordKind> Kinds => [.. Enum.GetValues<RecordKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Read_RecordOfEachKind_IsReadOrRefused(RecordKind kind)
    {
        var record = await corpus.RecordAsync(kind);
        var fuzz = new ReaderFuzz($"{kind}", FuzzPlan.Of(60), typeof(TokenException));
        Report(
            fuzz.Run(
                random => Encoding.UTF8.GetBytes(JwsMutator.Mutate(record, random)),
                input => RecordCorpus.Read(kind, Encoding.UTF8.GetString(input))
            )
        );
    }

    [Fact]
    public void Read_Shares_AreReadOrNull()
    {
        var backup = BackupId.New(Randomness);
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), 3, 5, Randomness);
        var commitments = dealing.Commitments.ToBytes();
        var share = new KeyShareFile(backup, 7, dealing.Shares[0]).ToBytes();
        Run("key share", share, input => _ = KeyShareFile.TryRead(input, backup));
        Run("commitments", commitments, input => _ = Commitments.TryRead(input));
        Run("commitments of an update", commitments, input => _ = UpdateCommitments.TryRead(input, 4));
        Run("commitments of masks", commitments, input => _ = MaskCommitments.TryRead(input, 4, 2));
        var hashes = Enumerable.Range(0, 5).Select(leaf => ShareTree.HashLeaf([(byte)leaf])).ToArray();
        var tree = ShareTree.Of(hashes);
        Run("tree", tree.ToBytes(), input => _ = ShareTree.TryRead(input, 5 * ShareTree.LeafSize, tree.Root));
        Run("frontier", [.. hashes[0], .. hashes[1]], input => _ = TreeFrontier.TryRead(input, 5));
    }

    [Fact]
    public async Task Join_Shares_AreJoinedOrRefused()
    {
        var shares = await FecFiles.SplitAsync(3, 5, FecFiles.Content(100));
        Run("header of a share", shares[1], input => _ = FecHeader.TryRead(input));
        Run("share", shares[1], input => Join([shares[0], input, shares[2]]), typeof(FecException));
    }

    [Fact]
    public void Open_Body_IsOpenedOrRefused()
    {
        var secret = Scalar.Random(Randomness);
        var body = RecordCorpus.Body(secret);
        // The key is derived in a mebibyte, by scrypt.
        var fuzz = new ReaderFuzz("body", FuzzPlan.Of(100), typeof(AgeException), typeof(PayloadException)) { Memory = (4 << 20, 200) };
        Report(fuzz.Run(random => OctetMutator.Mutate(body, random), input => RecordCorpus.Open(input, secret)));
    }

    private static void Join(byte[][] shares) => FecFiles.JoinAsync(shares).GetAwaiter().GetResult();

    private void Run(string name, byte[] whole, Action<byte[]> read, params Type[] declared) =>
        Report(new ReaderFuzz(name, FuzzPlan.Of(200), declared).Run(random => OctetMutator.Mutate(whole, random), read));

    private void Report(ReaderFuzz fuzz) => output.WriteLine($"{fuzz}");
}
