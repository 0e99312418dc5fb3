using System.Security.Cryptography;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Parties;

public sealed class KeyStoreTests : IDisposable
{
    private readonly Workspace workspace = new();

    private KeyStore Store => new(workspace.At("keys"));

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Open_RightPassphrase_GivesTheKeyThatWasMade()
    {
        using var made = Store.Create("correct horse");
        using var opened = Store.Open(made.KeyId, "correct horse");
        var signature = await opened.SignAsync("data"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.True(made.PublicKey.Verify("data"u8, signature));
        Assert.Equal([made.KeyId], Store.List());
    }

    [Fact]
    public void Open_WrongPassphrase_IsRefused()
    {
        using var made = Store.Create("correct horse");
        Assert.Throws<CryptographicException>(() => Store.Open(made.KeyId, "battery staple"));
    }

    [Fact]
    public void Open_FileOfAnotherKey_IsRefused()
    {
        using var one = Store.Create("correct horse");
        using var other = Store.Create("correct horse");
        File.Copy(workspace.At("keys", $"{other.KeyId}.pem"), workspace.At("keys", $"{one.KeyId}.pem"), overwrite: true);
        Assert.Throws<DamagedKeyProblem>(() => Store.Open(one.KeyId, "correct horse"));
    }

    [Fact]
    public void Open_DamagedOrMissingFile_IsRefused()
    {
        using var made = Store.Create("correct horse");
        var path = workspace.At("keys", $"{made.KeyId}.pem");
        var whole = File.ReadAllText(path);
        var inner = whole.Replace("-----END", "", StringComparison.Ordinal)[..^60] + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
        foreach (
            var damaged in new[]
            {
                "",
                "rubbish",
                whole[..(whole.Length / 2)],
                inner,
                whole.Replace("ENCRYPTED ", "", StringComparison.Ordinal),
            }
        )
        {
            File.WriteAllText(path, damaged);
            Assert.Throws<DamagedKeyProblem>(() => Store.Open(made.KeyId, "correct horse"));
        }

        var missing = KeyId.Parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.ThrowsAny<IOException>(() => Store.Open(missing, "correct horse"));
    }

    [Fact]
    public void Create_FileAtRest_IsEncryptedForItsOwnerWithTheStatedWork()
    {
        using var made = Store.Create("correct horse");
        var path = workspace.At("keys", $"{made.KeyId}.pem");
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(workspace.At("keys"))
            );
        }

        // The iteration count stands in the file as an ASN.1 INTEGER: 600000 = 0x0927C0.
        var der = Convert.FromBase64String(string.Concat(File.ReadLines(path).Where(line => !line.StartsWith('-'))));
        Assert.Contains("02030927C0", Convert.ToHexString(der), StringComparison.Ordinal);
    }
}
