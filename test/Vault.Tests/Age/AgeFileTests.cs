using System.Text;
using FairShare.Vault.Age;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Age;

public sealed class AgeFileTests
{
    private const int Chunk = 64 << 10;
    private const int SealedChunk = Chunk + 16;

    public static TheoryData<int> Lengths { get; } = [0, 1, Chunk - 1, Chunk, Chunk + 1, 2 * Chunk, (3 * Chunk) + 17];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Read_WhatWasWritten_IsTheSame(int length)
    {
        var payload = new CountedRandomness(length).Bytes(length);
        using var envelope = AgeFiles.Envelope();
        foreach (var step in (int[])[int.MaxValue, 1000, Chunk])
        {
            var file = AgeFiles.Write(payload, envelope, step);
            Assert.Equal(envelope.FileLength(length), file.Length);
            Assert.Equal(payload, AgeFiles.Read(file));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Decrypt_WhatWasWritten_ByAgeItself_IsTheSame(int length)
    {
        Tools.Require("age", "script");
        var payload = new CountedRandomness(length).Bytes(length);
        Assert.Equal(payload, await AgeCommand.DecryptAsync(AgeFiles.Write(payload), AgeFiles.Passphrase));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((2 * Chunk) + 5)]
    public async Task OpenWithPassphrase_WhatAgeEncrypts_IsTheSame(int length)
    {
        Tools.Require("age", "script");
        var payload = new CountedRandomness(length).Bytes(length);
        var file = await AgeCommand.EncryptAsync(payload, AgeFiles.Passphrase);
        using var reader = AgeReader.OpenWithPassphrase(new MemoryStream(file), Encoding.UTF8.GetBytes(AgeFiles.Passphrase));
        Assert.Equal(payload, AgeFiles.ReadAll(reader).Released);
    }

    // Every bit of the header and of the beginnings and ends of chunks.
    [Fact]
    public void Read_OneChangedBit_IsRefused()
    {
        var file = AgeFiles.Write(new CountedRandomness(3).Bytes((2 * Chunk) + 100));
        var start = file.Length - (2 * SealedChunk) - 116;
        int[] interesting =
        [
            .. Enumerable.Range(0, start + 4),
            start + SealedChunk - 1,
            start + SealedChunk,
            .. Enumerable.Range(file.Length - 116, 116),
        ];
        foreach (var (index, bit) in interesting.SelectMany(index => Enumerable.Range(0, 8).Select(bit => (index, bit))))
        {
            var changed = file.ToArray();
            changed[index] ^= (byte)(1 << bit);
            Assert.Throws<AgeException>(() => AgeFiles.Read(changed));
        }
    }

    [Fact]
    public void Read_Truncated_IsRefusedAtEveryLength()
    {
        var file = AgeFiles.Write(new CountedRandomness(4).Bytes((2 * Chunk) + 100));
        var start = file.Length - (2 * SealedChunk) - 116;
        int[] lengths =
        [
            .. Enumerable.Range(0, start + 20),
            start + SealedChunk - 1,
            start + SealedChunk,
            start + SealedChunk + 1,
            start + SealedChunk + 16,
            .. Enumerable.Range(start + (2 * SealedChunk), 116),
        ];
        Assert.All(lengths, length => Assert.Throws<AgeException>(() => AgeFiles.Read(file[..length])));
    }

    [Fact]
    public void Read_WholeChunksCutOff_SaysThatTheFileIsCutOff()
    {
        var file = AgeFiles.Write(new byte[(2 * Chunk) + 100]);
        var refusal = Assert.Throws<AgeException>(() => AgeFiles.Read(file[..^116]));
        Assert.Equal(AgeFault.Payload, refusal.Fault);
        Assert.Contains("cut off", refusal.Message);
    }

    [Fact]
    public void Read_ChunksReordered_AreRefused()
    {
        var file = AgeFiles.Write(new CountedRandomness(5).Bytes((3 * Chunk) + 9));
        var start = file.Length - (3 * SealedChunk) - 25;
        byte[] swapped =
        [
            .. file[..start],
            .. file.AsSpan(start + SealedChunk, SealedChunk),
            .. file.AsSpan(start, SealedChunk),
            .. file[(start + (2 * SealedChunk))..],
        ];
        Assert.Equal(AgeFault.Payload, Assert.Throws<AgeException>(() => AgeFiles.Read(swapped)).Fault);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Chunk)]
    public void Read_Appended_IsRefused(int length)
    {
        var file = AgeFiles.Write(new byte[length]);
        Assert.Equal(AgeFault.Payload, Assert.Throws<AgeException>(() => AgeFiles.Read([.. file, 0])).Fault);
        Assert.Equal(AgeFault.Payload, Assert.Throws<AgeException>(() => AgeFiles.Read([.. file, .. file[^(length + 16)..]])).Fault);
    }

    [Fact]
    public void Read_PayloadOfAnotherFileUnderTheSameKey_IsRefused()
    {
        var one = AgeFiles.Write(new byte[100], AgeFiles.Envelope(seed: 1));
        var other = AgeFiles.Write(new byte[100], AgeFiles.Envelope(seed: 2));
        Assert.Equal(AgeFault.Payload, Assert.Throws<AgeException>(() => AgeFiles.Read([.. one[..^132], .. other[^132..]])).Fault);
    }

    [Fact]
    public void Read_AfterARefusal_IsRefusedAgain()
    {
        var file = AgeFiles.Write(new byte[3 * Chunk]);
        file[^(SealedChunk + 1)] ^= 1;
        using var reader = AgeReader.OpenWithKey(new MemoryStream(file), AgeFiles.WrapKey, AgeFiles.Salt, AgeFiles.WorkFactor);
        Assert.Equal(AgeFault.Payload, AgeFiles.ReadAll(reader).Refusal?.Fault);
        var (released, refusal) = AgeFiles.ReadAll(reader);
        Assert.Empty(released);
        Assert.Equal(AgeFault.Payload, refusal?.Fault);
    }

    [Fact]
    public void Dispose_WriterThatIsNotComplete_LeavesAFileThatIsRefused()
    {
        using var file = new MemoryStream();
        using (var writer = new AgeWriter(file, AgeFiles.Envelope()))
        {
            writer.Write(new byte[(2 * Chunk) + 1]);
        }

        Assert.Equal(AgeFault.Payload, Assert.Throws<AgeException>(() => AgeFiles.Read(file.ToArray())).Fault);
    }

    [Fact]
    public void Write_AfterComplete_IsRefused()
    {
        using var writer = new AgeWriter(new MemoryStream(), AgeFiles.Envelope());
        writer.Complete();
        writer.Complete();
        Assert.Throws<InvalidOperationException>(() => writer.Write([1]));
    }

    [Fact]
    public void Seal_ChunksInAnyOrder_GiveTheSameFile()
    {
        var payload = new CountedRandomness(6).Bytes((2 * Chunk) + 40);
        using var envelope = AgeFiles.Envelope();
        var file = AgeFiles.Write(payload, envelope);
        using var cipher = envelope.FileKey.PayloadCipher(envelope.Nonce);
        var start = envelope.Header.Length + envelope.Nonce.Length;
        foreach (var index in (int[])[2, 0, 1])
        {
            var plaintext = payload.AsSpan(index * Chunk, Math.Min(Chunk, payload.Length - (index * Chunk)));
            var chunk = new byte[plaintext.Length + 16];
            cipher.Seal(index, index == 2, plaintext, chunk);
            Assert.Equal(file.AsSpan(start + (index * SealedChunk), chunk.Length).ToArray(), chunk);
        }
    }
}
