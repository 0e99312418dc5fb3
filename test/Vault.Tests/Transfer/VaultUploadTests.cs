using System.Buffers;
using FairShare.Core.Digests;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using FairShare.Vault.Tests.Support;
using FairShare.Vault.Transfer;

namespace FairShare.Vault.Tests.Transfer;

public sealed class VaultUploadTests
{
    // The smallest that the project's composite digest takes.
    private const int TestPartSize = 5 << 20;

    private static readonly VaultCode Code = VaultSecrets.Code(VaultMode.Link, 41);

    [Fact]
    public async Task RunAsync_SmallContent_IsOnePartWithAWholeDigest()
    {
        var sink = new RecordingSink();
        var completed = await CompleteAsync(Pipe(1000), sink);
        Assert.Equal(["record 1", "send 1 last"], sink.Steps);
        Assert.Equal(DocumentDigest.Whole(Sha256Digest.Of(sink.Object)), completed.Digest);
        Assert.Equal(sink.Object.Length, completed.Length);
    }

    [Fact]
    public async Task RunAsync_LargeContent_IsPartsWithACompositeDigest()
    {
        var sink = new RecordingSink();
        var completed = await CompleteAsync(Pipe(12_000_000), sink);
        Assert.Equal(["record 1", "send 1", "record 2", "send 2", "record 3", "send 3 last"], sink.Steps);
        using var hasher = new DocumentHasher(TestPartSize);
        hasher.Append(sink.Object);
        Assert.Equal(hasher.Finish(), completed.Digest);
        Assert.Equal(hasher.PartDigests, completed.PartDigests);
        Assert.Equal(sink.Object.Length, completed.Length);
        using var keys = VaultKeys.Derive(Code, null);
        using var opened = VaultObject.Open(new MemoryStream(sink.Object), keys, 1L << 30);
        using var content = new MemoryStream();
        opened.Content.CopyTo(content);
        Assert.Equal(new CountedRandomness(12_000_000).Bytes(12_000_000), content.ToArray());
    }

    [Fact]
    public async Task RunAsync_PartsInTheMiddle_AreSentTwoAtATime()
    {
        var sink = new PairingSink(first: 2);
        using var state = New();
        var result = await VaultUpload.RunAsync(Pipe(22_000_000), state, sink, null, TestContext.Current.CancellationToken);
        Assert.IsType<UploadResult.Completed>(result);
        Assert.Equal(2, sink.MostAtATime);
        Assert.Equal(["1 alone", "5 alone"], sink.Alone);
    }

    [Fact]
    public async Task RunAsync_OneOfTwoThatAreSentFails_ThrowsWhatItThrewAfterBothEnded()
    {
        var sink = new PairingSink(first: 2) { FailsAt = 2 };
        using var state = New();
        var fault = await Assert.ThrowsAsync<IOException>(() =>
            VaultUpload.RunAsync(Pipe(22_000_000), state, sink, null, TestContext.Current.CancellationToken)
        );
        Assert.Equal(PairingSink.Message, fault.Message);
        Assert.Equal(0, sink.AtATime);
    }

    // Killed at each step, before and after it was done; each time resumed from what was recorded.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_KilledAtEachStep_ResumesToTheSameObject(bool diesAfter)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["file"], new CountedRandomness(1).Bytes(17_000_000), TestContext.Current.CancellationToken);
        var whole = new RecordingSink();
        await CompleteAsync(Tree(folder["file"]), whole);
        for (var step = 0; step < 8; step++)
        {
            var sink = new RecordingSink { DiesAt = step, DiesAfter = diesAfter };
            await Assert.ThrowsAsync<IOException>(() => CompleteAsync(Tree(folder["file"]), sink));
            using var state = sink.StateFile is null ? New() : sink.Restore();
            var completed = Assert.IsType<UploadResult.Completed>(await RunAsync(Tree(folder["file"]), state, sink));
            Assert.Equal(whole.Object, sink.Object);
            Assert.Equal(whole.Object.Length, completed.Length);
            Assert.All(sink.EverSent.Values, digests => Assert.Single(digests));
        }
    }

    // A change of the first part, of the second, and of the last byte: in no case do two ciphertexts of one part leave.
    [Theory]
    [InlineData(0, 4, 1)]
    [InlineData(6_000_000, 4, 2)]
    [InlineData(11_999_999, 6, 3)]
    public async Task RunAsync_ContentThatChangedMeanwhile_IsAResultAndNothingIsSent(int position, int recordedSteps, int part)
    {
        using var folder = new TemporaryFolder();
        var content = new CountedRandomness(1).Bytes(12_000_000);
        await File.WriteAllBytesAsync(folder["file"], content, TestContext.Current.CancellationToken);
        var time = File.GetLastWriteTimeUtc(folder["file"]);
        var sink = new RecordingSink { DiesAt = recordedSteps - 1, DiesAfter = true };
        await Assert.ThrowsAsync<IOException>(() => CompleteAsync(Tree(folder["file"]), sink));
        content[position] ^= 1;
        await File.WriteAllBytesAsync(folder["file"], content, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(folder["file"], time);
        using var state = sink.Restore();
        Assert.Equal(new UploadResult.ContentChanged(part), await RunAsync(Tree(folder["file"]), state, sink));
        Assert.All(sink.EverSent.Values, digests => Assert.Single(digests));
    }

    [Fact]
    public async Task RunAsync_ContentThatBecameShorter_IsChanged()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["file"], new CountedRandomness(1).Bytes(12_000_000), TestContext.Current.CancellationToken);
        var sink = new RecordingSink { DiesAt = 5 };
        await Assert.ThrowsAsync<IOException>(() => CompleteAsync(Tree(folder["file"]), sink));
        await File.WriteAllBytesAsync(folder["file"], new byte[10], TestContext.Current.CancellationToken);
        using var state = sink.Restore();
        Assert.Equal(new UploadResult.ContentChanged(1), await RunAsync(Tree(folder["file"]), state, sink));
    }

    [Fact]
    public async Task RunAsync_ContentThatFails_ThrowsWhatItThrewAndSendsNoLastPart()
    {
        var sink = new RecordingSink();
        var failing = new PipeContent(new FailingStream(new CountedRandomness(1).Bytes(12_000_000)));
        var fault = await Assert.ThrowsAsync<IOException>(() => CompleteAsync(failing, sink));
        Assert.Equal(FailingStream.Message, fault.Message);
        Assert.DoesNotContain(sink.Steps, step => step.Contains("last", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_SinkThatFailsWhileAPipeGivesNothing_DoesNotWaitForThePipe()
    {
        var pipe = new System.IO.Pipelines.Pipe(new(pauseWriterThreshold: 0));
        pipe.Writer.Write(new CountedRandomness(1).Bytes(10_000_000));
        await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);
        var sink = new RecordingSink { DiesAt = 0 };
        await Assert.ThrowsAsync<IOException>(() => CompleteAsync(new PipeContent(pipe.Reader.AsStream()), sink));
        await pipe.Writer.CompleteAsync();
    }

    [Fact]
    public async Task RunAsync_Cancelled_Ends()
    {
        using var state = New();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            VaultUpload.RunAsync(Pipe(12_000_000), state, new RecordingSink(), null, cancelled)
        );
    }

    private static UploadState New()
    {
        using var keys = VaultKeys.Derive(Code, null);
        var code = Code with { Secret = VaultSecret.FromBytes(Code.Secret.Bytes) };
        return UploadState.New(code, VaultObject.NewEnvelope(keys, new CountedRandomness(7)), VaultCompression.Zstd, TestPartSize);
    }

    private static PipeContent Pipe(int length) => new(new MemoryStream(new CountedRandomness(length).Bytes(length)));

    private static TreeContent Tree(string path) => new(SourceTree.List(path));

    private static async Task<UploadResult.Completed> CompleteAsync(IVaultContent content, RecordingSink sink)
    {
        using var state = New();
        return Assert.IsType<UploadResult.Completed>(await RunAsync(content, state, sink));
    }

    private static Task<UploadResult> RunAsync(IVaultContent content, UploadState state, RecordingSink sink) =>
        VaultUpload.RunAsync(content, state, sink, null, TestContext.Current.CancellationToken);
}
