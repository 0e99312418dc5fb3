using FairShare.Backup.Bodies;
using FairShare.Backup.Curve;
using FairShare.Backup.Erasure;
using FairShare.Backup.Fec;
using FairShare.Backup.Records;
using FairShare.Core.Identifiers;
using FairShare.Vault.Objects;

namespace FairShare.Backup.Tests.Bodies;

public sealed class BackupFileTests
{
    private static readonly SystemRandomness Randomness = new();

    [Fact]
    public void Write_ForEveryM_IsAMultipleAndOpens()
    {
        for (var multiple = 1; multiple <= 40; multiple++)
        {
            var (secret, content) = (Scalar.Random(Randomness), new byte[(multiple * 977) + 13]);
            Randomness.Fill(content);
            using var file = new MemoryStream();
            var pipe = new PipeContent(new MemoryStream(content));
            BackupFile.Write(pipe, secret, multiple, file, Randomness, null, TestContext.Current.CancellationToken);
            Assert.Equal(0, file.Length % multiple);
            file.Position = 0;
            using var opened = BackupFile.Open(file, secret);
            using var restored = new MemoryStream();
            opened.Content.CopyTo(restored);
            Assert.Equal(content, restored.ToArray());
        }
    }

    [Fact]
    public void Passphrase_OfTwoSecrets_DiffersAndHas28Symbols()
    {
        var (one, two) = (AgePassphrase.Of(Scalar.Of(1)), AgePassphrase.Of(Scalar.Of(2)));
        Assert.NotEqual(one, two);
        Assert.Matches("^[a-km-z2-8]{28}$", one);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(7, 40)]
    public async Task Rebuild_AnyRangeOfAnyBody_IsThatRange(int threshold, int total)
    {
        var layout = new BodyLayout(BackupScheme.Ida, threshold, total);
        var file = new byte[threshold * 20_011];
        Randomness.Fill(file);
        var bodies = Enumerable.Range(0, total).Select(_ => new MemoryStream()).ToList();
        var splitter = await FecSplitter.StartUnpaddedAsync(
            new ErasureCode(threshold, total),
            [.. bodies],
            TestContext.Current.CancellationToken
        );
        await splitter.WriteAsync(file, TestContext.Current.CancellationToken);
        await splitter.CompleteAsync(TestContext.Current.CancellationToken);
        var octets = bodies.ConvertAll(body => body.ToArray());
        Assert.All(octets, body => Assert.Equal(layout.BodySizeOf(file.Length), body.Length));
        foreach (var (offset, length) in new[] { (0, 1), (0, 100), (1, 5), (4096, 4099), (20_000, 11) })
        {
            for (var lost = 1; lost <= total; lost += 3)
            {
                var others = Enumerable.Range(1, total).Where(index => index != lost).TakeLast(threshold);
                var ranges = others.Select(index => (index, octets[index - 1].AsSpan(offset, length).ToArray())).ToList();
                Assert.Equal(octets[lost - 1].AsSpan(offset, length).ToArray(), layout.Rebuild(lost, offset, ranges));
            }
        }
    }

    [Fact]
    public async Task StartUnpadded_AnotherLength_IsRefused()
    {
        var bodies = Enumerable.Range(0, 5).Select(_ => (Stream)new MemoryStream()).ToList();
        var splitter = await FecSplitter.StartUnpaddedAsync(new ErasureCode(3, 5), bodies, TestContext.Current.CancellationToken);
        await splitter.WriteAsync(new byte[4], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await splitter.CompleteAsync(TestContext.Current.CancellationToken)
        );
    }
}
