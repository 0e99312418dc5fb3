using System.Text;
using FairShare.Core.Digests;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Objects;

/// <summary>The table "What an attacker has" of docs/vault.md, as far as the library decides it.</summary>
public sealed class AttackerTests
{
    private const string Password = "correct horse";

    [Theory]
    [InlineData(VaultCompression.Zstd)]
    [InlineData(VaultCompression.None)]
    public void Copy_OfTableAndBucket_HasNoByteOfContentNameCodeOrPassword(VaultCompression compression)
    {
        using var folder = new TemporaryFolder();
        var content = new CountedRandomness(1).Bytes(5000);
        File.WriteAllBytes(folder["telling-name"], content);
        var code = VaultSecrets.Code(VaultMode.Password, 51);
        using var keys = VaultKeys.Derive(code, Password);
        var copy = Copy(new TreeContent(SourceTree.List(folder["telling-name"])), code, keys, compression);
        byte[][] secrets =
        [
            content[..16],
            content[^16..],
            "telling-name"u8.ToArray(),
            "ustar"u8.ToArray(),
            code.Secret.Bytes.ToArray(),
            Encoding.ASCII.GetBytes(code.Symbols),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(code.Secret.Bytes).TrimEnd('=')),
            Encoding.ASCII.GetBytes(VaultCookie.Write(code.Secret)),
            Encoding.ASCII.GetBytes(Password),
            keys.Auth.ToArray(),
            Encoding.ASCII.GetBytes(Core.Encoding.Base64UrlText.Encode(keys.Auth)),
            keys.WrapKey.ToArray(),
        ];
        Assert.All(secrets, secret => Assert.True(copy.AsSpan().IndexOf(secret) < 0));
    }

    [Fact]
    public void Copy_SameContentTwice_HasNothingInCommonButItsLength()
    {
        var content = new byte[300_000];
        var copies = Enumerable
            .Range(52, 2)
            .Select(seed =>
            {
                var code = VaultSecrets.Code(VaultMode.Link, seed);
                using var keys = VaultKeys.Derive(code, null);
                return (
                    Id: SecretDerivation.ItemId(code.Secret),
                    keys.Verifier,
                    Object: Write(new PipeContent(new MemoryStream(content)), keys, seed)
                );
            })
            .ToList();
        Assert.NotEqual(copies[0].Id, copies[1].Id);
        Assert.NotEqual(copies[0].Verifier, copies[1].Verifier);
        Assert.Equal(copies[0].Object.Length, copies[1].Object.Length);
        var blocks = copies[0].Object[VaultObject.HeaderLength..].Chunk(16).Select(Convert.ToHexString).ToHashSet();
        Assert.DoesNotContain(copies[1].Object[VaultObject.HeaderLength..].Chunk(16), block => blocks.Contains(Convert.ToHexString(block)));
    }

    // The object is not compressed here, so that its length is a function of the content's.
    [Fact]
    public void Copy_LengthOfTheObject_IsSharedByManyContents()
    {
        using var keys = VaultKeys.Derive(VaultSecrets.Code(VaultMode.Link, 54), null);
        var lengths = Enumerable
            .Range(20_000, 1000)
            .Select(length => Write(new PipeContent(new MemoryStream(new byte[length])), keys, 1, VaultCompression.None).Length)
            .ToHashSet();
        Assert.InRange(lengths.Count, 1, 3);
    }

    [Fact]
    public void Code_WithoutThePassword_OpensNothingAndIsNoAuth()
    {
        var code = VaultSecrets.Code(VaultMode.Password, 55);
        using var keys = VaultKeys.Derive(code, Password);
        var stored = Write(new PipeContent(new MemoryStream([1])), keys, 1);
        using var guess = VaultKeys.Derive(code, "Correct horse");
        Assert.False(keys.Verifier.Matches(guess.Auth));
        Assert.Equal(AgeFault.NoMatch, Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(stored), guess, 100)).Fault);
        // The same secret in the other mode, which needs no password, is another passphrase and another work factor.
        using var link = VaultKeys.Derive(code with { Mode = VaultMode.Link }, null);
        Assert.False(keys.Verifier.Matches(link.Auth));
        Assert.Equal(AgeFault.Header, Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(stored), link, 100)).Fault);
    }

    // What is sent: the id and auth to open, the verifier to create, the object's bytes. With all of it the object stays shut.
    [Fact]
    public void Traffic_WithIdAuthAndObject_DoesNotOpenIt()
    {
        var code = VaultSecrets.Code(VaultMode.Link, 56);
        using var keys = VaultKeys.Derive(code, null);
        var stored = Write(new PipeContent(new MemoryStream([1])), keys, 1);
        byte[][] tried = [keys.Auth.ToArray(), Sha256Digest.Of(keys.Auth).ToBytes(), new byte[32]];
        Assert.All(
            tried,
            key =>
                Assert.Equal(
                    AgeFault.NoMatch,
                    Assert
                        .Throws<AgeException>(() => AgeReader.OpenWithKey(new MemoryStream(stored), key, keys.Salt, keys.WorkFactor))
                        .Fault
                )
        );
    }

    private static byte[] Copy(IVaultContent content, VaultCode code, VaultKeys keys, VaultCompression compression) =>
        [
            .. Encoding.ASCII.GetBytes(SecretDerivation.ItemId(code.Secret).ToString()),
            .. Encoding.ASCII.GetBytes(keys.Verifier.ToString()),
            .. Write(content, keys, 1, compression),
        ];

    private static byte[] Write(IVaultContent content, VaultKeys keys, int seed, VaultCompression compression = VaultCompression.Zstd)
    {
        using var envelope = VaultObject.NewEnvelope(keys, new CountedRandomness(seed));
        using var file = new MemoryStream();
        VaultObject.Write(content, compression, envelope, file);
        return file.ToArray();
    }
}
