using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Tests.Support;
using FairShare.Vault.Transfer;

namespace FairShare.Vault.Tests.Transfer;

public sealed class UploadStateFileTests
{
    private static readonly byte[] Key = new CountedRandomness(1).Bytes(32);

    [Fact]
    public void Open_WhatWasSealed_IsTheSame()
    {
        var state = State();
        var file = Seal(state);
        var opened = UploadStateFile.Open(file, Key);
        Assert.Equal(state.Code, opened.Code);
        Assert.Equal(state.Envelope.Header, opened.Envelope.Header);
        Assert.Equal(state.Envelope.Nonce, opened.Envelope.Nonce);
        Assert.Equal(state.Envelope.FileKey.Bytes, opened.Envelope.FileKey.Bytes);
        Assert.Equal((state.Compression, state.PartSize), (opened.Compression, opened.PartSize));
        Assert.Equal(state.PartDigests, opened.PartDigests);
        Assert.Equal(state.Note, opened.Note);
    }

    [Fact]
    public void Seal_State_ShowsNothingOfIt()
    {
        var state = State();
        var file = Seal(state);
        Assert.True(file.AsSpan().IndexOf(state.Code.Secret.Bytes) < 0);
        Assert.True(file.AsSpan().IndexOf(state.Envelope.FileKey.Bytes) < 0);
        Assert.True(file.AsSpan().IndexOf(state.PartDigests[0].ToBytes()) < 0);
    }

    [Fact]
    public void Seal_SameStateTwice_HasAnotherNonce()
    {
        var randomness = new CountedRandomness(2);
        Assert.NotEqual(UploadStateFile.Seal(State(), Key, randomness), UploadStateFile.Seal(State(), Key, randomness));
    }

    [Fact]
    public void Open_ChangedCutOffOrOfAnotherKey_IsRefused()
    {
        var file = Seal(State());
        for (var index = 0; index < file.Length; index++)
        {
            var changed = file.ToArray();
            changed[index] ^= 1;
            AssertRefused(changed, Key);
            AssertRefused(file[..index], Key);
        }

        AssertRefused(file, new byte[32]);
    }

    [Theory]
    [InlineData(0, 8 << 20)]
    [InlineData(10_000L * (8 << 20), 8 << 20)]
    [InlineData((10_000L * (8 << 20)) + 1, 16 << 20)]
    [InlineData(5L << 40, 1 << 30)]
    public void For_LengthBound_KeepsPartsUnderTenThousand(long bound, int size)
    {
        Assert.Equal(size, PartSize.For(bound));
        Assert.True(((bound + size - 1) / size) <= DigestLimits.MaxParts);
    }

    [Fact]
    public void For_MoreThanS3Stores_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => PartSize.For((5L << 40) + 1));

    private static UploadState State() =>
        UploadState.New(VaultSecrets.Code(VaultMode.Password, 5), AgeFiles.Envelope(), VaultCompression.None, 8 << 20) with
        {
            PartDigests = [Sha256Digest.Of([1]), Sha256Digest.Of([2])],
            Note = [7, 8, 9],
        };

    private static byte[] Seal(UploadState state) => UploadStateFile.Seal(state, Key, new CountedRandomness(3));

    private static void AssertRefused(byte[] file, byte[] key) =>
        Assert.Equal("vault-upload-state", Assert.Throws<ProtocolException>(() => UploadStateFile.Open(file, key)).Code);
}
