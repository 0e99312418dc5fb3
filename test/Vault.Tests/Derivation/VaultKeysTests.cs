using System.Text;
using FairShare.Core.Errors;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Derivation;

public sealed class VaultKeysTests
{
    // Everything that docs/vault.md says of a code, derived by Python's hmac and by OpenSSL's scrypt.
    private const string Oracle = """
        import hashlib, hmac, sys
        secret, mode, password = bytes.fromhex(sys.argv[1]), sys.argv[2], sys.argv[3]
        symbols, logn = sys.argv[4], 18 if mode == "P" else 10
        def hkdf(label):
            key = hmac.new(bytes(32), secret, hashlib.sha256).digest()
            return hmac.new(key, b"fairshare.vault.v1 " + label + b"\x01", hashlib.sha256).digest()[:16]
        passphrase = symbols + ("." + password if mode == "P" else "")
        salt = b"age-encryption.org/v1/scrypt" + hkdf(b"salt")
        key = hashlib.scrypt(passphrase.encode(), salt=salt, n=1 << logn, r=8, p=1, maxmem=1 << 30, dklen=64)
        print(hkdf(b"id").hex(), hkdf(b"salt").hex(), key[:32].hex(), key[32:].hex(), hashlib.sha256(key[32:]).hexdigest())
        """;

    [Theory]
    [InlineData(VaultMode.Password, "correct horse battery staple")]
    [InlineData(VaultMode.Password, "Zo\u00eb \u4e2d\u6587 \U0001F511")]
    [InlineData(VaultMode.Link, null)]
    public async Task Derive_EverythingOfACode_IsWhatPythonDerives(VaultMode mode, string? password)
    {
        Tools.Require("python3");
        var code = VaultSecrets.Code(mode, 11);
        using var keys = VaultKeys.Derive(code, password);
        var letter = mode == VaultMode.Password ? "P" : "L";
        string[] arguments = [Convert.ToHexString(code.Secret.Bytes), letter, password ?? "", code.Symbols];
        var words = Encoding
            .ASCII.GetString(await Tools.RunAsync("exec python3 - \"$@\"", Encoding.UTF8.GetBytes(Oracle), arguments))
            .Split();
        Assert.Equal(VaultItemId.FromBytes(Convert.FromHexString(words[0])), SecretDerivation.ItemId(code.Secret));
        Assert.Equal(words[1], Convert.ToHexStringLower(keys.Salt));
        Assert.Equal(words[2], Convert.ToHexStringLower(keys.WrapKey));
        Assert.Equal(words[3], Convert.ToHexStringLower(keys.Auth));
        Assert.True(keys.Verifier.Matches(Convert.FromHexString(words[3])));
        Assert.Equal(VaultVerifier.Parse(keys.Verifier.ToString()), keys.Verifier);
        Assert.Equal(words[4], Convert.ToHexStringLower(Core.Digests.Sha256Digest.Parse(keys.Verifier.ToString()).ToBytes()));
    }

    [Fact]
    public void Derive_WrapKey_IsWhatAgeDerivesForThatPassphrase()
    {
        var code = VaultSecrets.Code(VaultMode.Link, 12);
        using var keys = VaultKeys.Derive(code, null);
        var age = AgeScrypt.Derive(Encoding.ASCII.GetBytes(code.Symbols), keys.Salt, keys.WorkFactor, AgeScrypt.WrapKeyLength);
        Assert.Equal(age, keys.WrapKey);
    }

    [Fact]
    public void WorkFactorOf_EachMode_IsFixed()
    {
        Assert.Equal(18, VaultKeys.WorkFactorOf(VaultMode.Password));
        Assert.Equal(10, VaultKeys.WorkFactorOf(VaultMode.Link));
    }

    [Fact]
    public void Dispose_Keys_ZeroesThem()
    {
        var keys = VaultKeys.Derive(VaultSecrets.Code(VaultMode.Link, 13), null);
        Assert.True(keys.WrapKey.ContainsAnyExcept((byte)0));
        keys.Dispose();
        Assert.False(keys.WrapKey.ContainsAnyExcept((byte)0));
        Assert.False(keys.Auth.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Matches_AnotherAuthOrDefault_IsFalse()
    {
        Assert.False(VaultVerifier.Of([1]).Matches([2]));
        Assert.False(default(VaultVerifier).Matches([]));
    }

    [Fact]
    public void ItemId_TwoSecrets_Differ() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(seed => SecretDerivation.ItemId(VaultSecrets.Of(seed))).Distinct().Count());

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    public void ItemId_OtherText_IsRefused(string text) =>
        Assert.Equal("invalid-vault-item-id", Assert.Throws<ProtocolException>(() => VaultItemId.Parse(text)).Code);
}
