using System.Text;
using FairShare.Core.Errors;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Extraction;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Objects;

public sealed class VaultObjectTests
{
    private const long Limit = 1L << 30;

    private static readonly VaultCode Link = VaultSecrets.Code(VaultMode.Link, 31);

    [Theory]
    [InlineData(VaultCompression.Zstd)]
    [InlineData(VaultCompression.None)]
    public void Open_FolderThatWasWritten_IsTheSameTree(VaultCompression compression)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes and links are those of Linux here.");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        using var keys = VaultKeys.Derive(Link, null);
        var content = new TreeContent(SourceTree.List(folder["source"]));
        var stored = Write(content, keys, compression);
        Assert.True(stored.Length <= VaultObject.LengthBound(content.LengthBound!.Value));
        using var opened = VaultObject.Open(new MemoryStream(stored), keys, Limit);
        Assert.Equal(PayloadKind.Archive, opened.Kind);
        Trees.Extract(opened.Content, folder["out"]);
        Assert.Equal(SampleTree.Describe(folder["source"]), SampleTree.Describe(folder["out/source"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Open_PipeThatWasWritten_IsTheSameBytes(int length)
    {
        using var folder = new TemporaryFolder();
        using var keys = VaultKeys.Derive(Link, null);
        var bytes = new CountedRandomness(length).Bytes(length);
        var stored = Write(new PipeContent(new MemoryStream(bytes)), keys);
        Assert.True(stored.Length <= VaultObject.LengthBound(length));
        using var opened = VaultObject.Open(new MemoryStream(stored), keys, Limit);
        Assert.Equal(PayloadKind.Pipe, opened.Kind);
        var written = new PipeExtractor(new CountedRandomness(1)).Extract(
            opened.Content,
            folder["out/file"],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(length, written);
        Assert.Equal(bytes, File.ReadAllBytes(folder["out/file"]));
        Assert.Equal(["file"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName));
    }

    // docs/vault.md: how to open an object without us, in mode P.
    [Fact]
    public async Task Write_Folder_IsOpenedByAgeZstdAndTar()
    {
        Tools.Require("age", "script", "zstd", "tar");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        var code = VaultSecrets.Code(VaultMode.Password, 32);
        const string password = "cafe\u0301 \U0001F511";
        using var keys = VaultKeys.Derive(code, password);
        var stored = Write(new TreeContent(SourceTree.List(folder["source"])), keys);
        var payload = await AgeCommand.DecryptAsync(stored, $"{code.Symbols}.caf\u00e9 \U0001F511");
        Directory.CreateDirectory(folder["out"]);
        await Tools.RunAsync("zstd -dc | tar xp -C \"$1\"", payload, folder["out"]);
        Assert.Equal(SampleTree.Describe(folder["source"]), SampleTree.Describe(folder["out/source"]));
    }

    [Fact]
    public async Task Write_Pipe_IsOpenedByAgeAndZstd()
    {
        Tools.Require("age", "script", "zstd");
        var bytes = new CountedRandomness(2).Bytes(200_000);
        using var keys = VaultKeys.Derive(Link, null);
        var stored = Write(new PipeContent(new MemoryStream(bytes)), keys);
        Assert.Equal(bytes, await Tools.RunAsync("zstd -dc", await AgeCommand.DecryptAsync(stored, Link.Symbols)));
    }

    [Fact]
    public async Task OpenWithPassphrase_WhatTarZstdAndAgeMade_IsTheSameTree()
    {
        Tools.Require("age", "script", "zstd", "tar");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        Array.ForEach(Directory.GetFiles(folder["source"], "line\n*"), File.Delete);
        var payload = await Tools.RunAsync("tar c --format=pax -C \"$1\" source | zstd", null, folder.Path);
        var file = await AgeCommand.EncryptAsync(payload, "of the tools");
        using var opened = VaultObject.OpenWithPassphrase(new MemoryStream(file), Encoding.UTF8.GetBytes("of the tools"), Limit);
        Trees.Extract(opened.Content, folder["out"]);
        Assert.Equal(SampleTree.Describe(folder["source"]), SampleTree.Describe(folder["out/source"]));
    }

    // Each is a genuine file under the right passphrase; only the vault's own rules tell.
    [Fact]
    public void Open_ObjectThatWasReplaced_IsRefused()
    {
        using var keys = VaultKeys.Derive(Link, null);
        var passphrase = Encoding.ASCII.GetBytes(Link.Symbols);
        foreach (var (salt, workFactor) in ((byte[], int)[])[(new byte[16], keys.WorkFactor), (keys.Salt.ToArray(), keys.WorkFactor - 1)])
        {
            var wrapKey = AgeScrypt.Derive(passphrase, salt, workFactor, AgeScrypt.WrapKeyLength);
            using var envelope = AgeEnvelope.New(wrapKey, salt, workFactor, new CountedRandomness(1));
            using var file = new MemoryStream();
            VaultObject.Write(
                new PipeContent(new MemoryStream([1])),
                VaultCompression.Zstd,
                envelope,
                file,
                null,
                TestContext.Current.CancellationToken
            );
            using (var generic = VaultObject.OpenWithPassphrase(new MemoryStream(file.ToArray()), passphrase, Limit))
            {
                Assert.Equal(1, generic.Content.ReadByte());
            }

            Assert.Equal(
                AgeFault.Header,
                Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(file.ToArray()), keys, Limit)).Fault
            );
        }
    }

    [Fact]
    public void Open_AnotherItemsObject_IsRefused()
    {
        using var keys = VaultKeys.Derive(Link, null);
        using var other = VaultKeys.Derive(VaultSecrets.Code(VaultMode.Link, 33), null);
        var stored = Write(new PipeContent(new MemoryStream([1])), other);
        Assert.Equal(AgeFault.Header, Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(stored), keys, Limit)).Fault);
    }

    [Fact]
    public void Open_AnotherPassword_IsNoMatch()
    {
        var code = VaultSecrets.Code(VaultMode.Password, 34);
        using var keys = VaultKeys.Derive(code, "right");
        using var wrong = VaultKeys.Derive(code, "wrong");
        var stored = Write(new PipeContent(new MemoryStream([1])), keys);
        Assert.Equal(AgeFault.NoMatch, Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(stored), wrong, Limit)).Fault);
        Assert.NotEqual(keys.Verifier, wrong.Verifier);
    }

    // Truncated in the last chunk, so that everything before it was already written when it is noticed.
    [Theory]
    [InlineData(PayloadKind.Archive)]
    [InlineData(PayloadKind.Pipe)]
    public void Extract_ObjectThatIsCutOffOrChangedAtItsEnd_LeavesNothing(PayloadKind kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["file"], new CountedRandomness(3).Bytes(500_000));
        using var keys = VaultKeys.Derive(Link, null);
        using var source = File.OpenRead(folder["file"]);
        var stored = Write(kind == PayloadKind.Pipe ? new PipeContent(source) : new TreeContent(SourceTree.List(folder["file"])), keys);
        var changed = stored.ToArray();
        changed[^1] ^= 1;
        foreach (var damaged in (byte[][])[stored[..^1], stored[..^20_000], changed, [.. stored, 0]])
        {
            using var opened = VaultObject.Open(new MemoryStream(damaged), keys, Limit);
            var refusal = Assert.Throws<AgeException>(() => Extract(opened, folder["out/file"]));
            Assert.Equal(AgeFault.Payload, refusal.Fault);
            Assert.False(Directory.Exists(folder["out"]));
        }
    }

    [Fact]
    public void Extract_Bomb_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["zeros"], new byte[30_000_000]);
        using var keys = VaultKeys.Derive(Link, null);
        var stored = Write(new TreeContent(SourceTree.List(folder["zeros"])), keys);
        Assert.True(stored.Length < 30_000);
        using var opened = VaultObject.Open(new MemoryStream(stored), keys, 20_000_000);
        var refusal = Assert.ThrowsAny<ProtocolException>(() => Trees.Extract(opened.Content, folder["out"]));
        Assert.Equal("vault-payload-too-large", refusal.Code);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void LengthBound_EmptyContent_IsNotExceeded()
    {
        using var keys = VaultKeys.Derive(Link, null);
        Assert.Equal(VaultObject.HeaderLength, VaultObject.NewEnvelope(keys, new CountedRandomness(1)).Header.Length);
        Assert.True(Write(new PipeContent(Stream.Null), keys).Length <= VaultObject.LengthBound(0));
    }

    private static void Extract(OpenedObject opened, string path)
    {
        if (opened.Kind == PayloadKind.Pipe)
        {
            new PipeExtractor(new CountedRandomness(1)).Extract(opened.Content, path, TestContext.Current.CancellationToken);
        }
        else
        {
            Trees.Extract(opened.Content, Path.GetDirectoryName(path)!);
        }
    }

    private static byte[] Write(IVaultContent content, VaultKeys keys, VaultCompression compression = VaultCompression.Zstd)
    {
        using var envelope = VaultObject.NewEnvelope(keys, new CountedRandomness(5));
        using var file = new MemoryStream();
        VaultObject.Write(content, compression, envelope, file);
        return file.ToArray();
    }
}
