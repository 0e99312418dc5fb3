using System.Text;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Testing;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// The table of attackers in docs/vault-table.md, row by row: what each has is held against an item under a weak password.
/// </summary>
public sealed class AttackerTests : IAsyncLifetime
{
    private const string Password = "1234";
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Repeat("The key is under the third flowerpot. ", 300))
    );

    private readonly string data = Directory.CreateTempSubdirectory("fairshare-vault").FullName;
    private readonly WireTap wire = new();
    private TestHost host = null!;
    private TestParty alice = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(new() { Listen = false, DataDirectory = data }, wire: wire.Listen);
        alice = await TestParty.SignUpAsync(host, "alice");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CopyOfTableBucketAndHost_HasNothingThatOpensTheItem(bool isSmall)
    {
        var (item, keys) = await StoreAsync(isSmall);
        var copy = await CopyAsync();

        // The search finds what is there: the verifier, which is public to such a thief.
        Assert.Contains(copy, bytes => Has(bytes, Encoding.ASCII.GetBytes(keys.Verifier.ToString())));
        foreach (var secret in Secrets(item, keys))
        {
            Assert.DoesNotContain(copy, bytes => Has(bytes, secret));
        }

        // What stands there in the place of secrets is none.
        Assert.True(Base64UrlText.TryDecode(keys.Verifier.ToString(), VaultVerifier.ByteLength, out var verifier));
        Assert.Equal("vault-wrong-password", (await item.OpenAsync(auth: verifier)).Code);
        // Nor does the right password help without the code.
        using var guessed = VaultKeys.Derive(new VaultCode(VaultMode.Password, VaultSecret.New(host.Randomness)), Password);
        Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(item.Content), guessed, 1 << 20));
    }

    [Fact]
    public async Task CodeWithoutThePassword_HasTheItemsIdAndGuesses()
    {
        var (item, _) = await StoreAsync(isSmall: true);
        var code = VaultCode.Parse(item.Code.ToString());
        Assert.Equal(item.Id, SecretDerivation.ItemId(code.Secret).ToString());

        // Ten guesses are compared, then one an hour: RaceTests. None of them opens, and none can end the item or change its limits.
        using var guess = VaultKeys.Derive(code, "1111");
        Assert.Equal("vault-wrong-password", (await item.OpenAsync(auth: guess.Auth.ToArray())).Code);
        Assert.Equal("vault-item-not-found", (await item.ImpostorAsync(HttpMethod.Delete, "", null)).Code);
        Assert.Equal("vault-item-not-found", (await item.ImpostorAsync(HttpMethod.Get, "", null)).Code);
        // With a copy of the bucket too, each guess is one run of scrypt, of the work that the object itself demands.
        Assert.Equal(VaultKeys.PasswordWorkFactor, guess.WorkFactor);
        Assert.Throws<AgeException>(() => VaultObject.Open(new MemoryStream(item.Content), guess, 1 << 20));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Traffic_TakenOutOfTls_HasTheObjectAndAnOpenButNoKey(bool isSmall)
    {
        var (item, keys) = await StoreAsync(isSmall);
        var opened = (await item.OpenAsync()).Require(200);
        Assert.Equal(item.Content, await item.FetchAsync(opened));

        var traffic = wire.Heard;
        Assert.Contains(traffic, bytes => Has(bytes, Encoding.ASCII.GetBytes(Base64UrlText.Encode(item.Auth))));
        foreach (var secret in Secrets(item, keys).Where(secret => !IsAuth(secret, item)))
        {
            Assert.DoesNotContain(traffic, bytes => Has(bytes, secret));
        }

        // Who listened can open once more while opens are left, and has the ciphertext that it heard already.
        Assert.Equal(item.Content, await item.FetchAsync((await item.OpenAsync()).Require(200)));
        Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);
    }

    public async ValueTask DisposeAsync()
    {
        alice.Dispose();
        await host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task<(TestVaultItem Item, VaultKeys Keys)> StoreAsync(bool isSmall)
    {
        var code = new VaultCode(VaultMode.Password, VaultSecret.New(host.Randomness));
        var keys = VaultKeys.Derive(code, Password);
        using var envelope = VaultObject.NewEnvelope(keys, new SystemRandomness());
        var encrypted = new MemoryStream();
        var plain = isSmall ? Plain[..500] : Plain;
        VaultObject.Write(new PipeContent(new MemoryStream(plain)), VaultCompression.None, envelope, encrypted);
        var item = TestVaultItem.Of(host, code, keys, encrypted.ToArray());
        await item.StoreAsync(alice, opens: 2);
        return (item, keys);
    }

    /// <summary>Everything that must stay with the parties, in each form in which it could stand somewhere.</summary>
    private static IEnumerable<byte[]> Secrets(TestVaultItem item, VaultKeys keys) =>
        [
            item.Code.Secret.Bytes.ToArray(),
            Encoding.ASCII.GetBytes(item.Code.Symbols),
            Encoding.ASCII.GetBytes(item.Code.ToString()),
            .. Forms(keys.WrapKey.ToArray()),
            .. Forms(keys.Auth.ToArray()),
            Plain[..40],
        ];

    private static IEnumerable<byte[]> Forms(byte[] secret) =>
        [
            secret,
            Encoding.ASCII.GetBytes(Base64UrlText.Encode(secret)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)),
        ];

    private static bool IsAuth(byte[] secret, TestVaultItem item) => Forms(item.Auth).Any(form => form.AsSpan().SequenceEqual(secret));

    private static bool Has(byte[] bytes, byte[] secret) => bytes.AsSpan().IndexOf(secret) >= 0;

    /// <summary>The table as it is read, each object of the bucket, and each file of the host.</summary>
    private async Task<List<byte[]>> CopyAsync()
    {
        using var table = new FairShare.Testing.Oracle.TableReader(host, "VaultTableName");
        using var bucket = new VaultObjects(host);
        var copy = new List<byte[]>();
        foreach (var item in await table.ScanAsync())
        {
            copy.Add(Encoding.UTF8.GetBytes(string.Join('\n', item.Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"))));
            if (item.TryGetValue("ciphertext", out var body))
            {
                copy.Add(body.B.ToArray());
            }
        }

        foreach (var key in await bucket.KeysAsync())
        {
            copy.Add(await bucket.ReadAsync(key));
        }

        copy.AddRange(CiphertextSearch.ReadAll(data).Select(file => file.Bytes));
        return copy;
    }
}
