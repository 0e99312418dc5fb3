using System.Text;
using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Derivation;

public sealed class VaultPassphraseTests
{
    private static readonly VaultCode PasswordCode = VaultSecrets.Code(VaultMode.Password, 21);
    private static readonly VaultCode LinkCode = VaultSecrets.Code(VaultMode.Link, 21);

    [Fact]
    public void Write_EachMode_IsTheSymbolsAndThePassword()
    {
        Assert.Equal(PasswordCode.Symbols + ".pass word", Text(PasswordCode, "pass word"));
        Assert.Equal(LinkCode.Symbols, Text(LinkCode, null));
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("\u00c5", "\u212b")]
    [InlineData("\u00c5", "A\u030a")]
    [InlineData("\u0915\u093c", "\u0958")]
    [InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("q\u0323\u0307", "q\u0307\u0323")]
    [InlineData("\u8c48", "\uf900")]
    public void Write_AnotherUnicodeForm_IsTheSame(string composed, string other)
    {
        Assert.NotEqual(composed, other);
        Assert.Equal(Text(PasswordCode, composed), Text(PasswordCode, other));
        Assert.EndsWith("." + composed, Text(PasswordCode, other));
    }

    [Fact]
    public async Task Write_EveryCharacterAndItsDecomposition_IsWhatPythonNormalises()
    {
        Tools.Require("python3");
        // Passwords of every character of the version of Unicode that the tables are of, in order, each after a letter and before two
        // marks.
        const string Script = """
            import unicodedata
            assigned = [c for c in range(0x20, 0x30000) if unicodedata.ucd_3_2_0.category(chr(c)) not in ("Cn", "Cs")]
            texts = ["a" + chr(c) + "\u0323\u0307" for c in assigned]
            for text in ["".join(texts[i:i + 500]) for i in range(0, len(texts), 500)]:
                print(text.encode().hex(), unicodedata.normalize("NFC", text).encode().hex())
            """;
        var lines = Encoding.ASCII.GetString(await Tools.RunAsync("exec python3 -", Encoding.UTF8.GetBytes(Script))).Split('\n')[..^1];
        Assert.True(lines.Length > 100);
        foreach (var line in lines.Select(line => line.Split(' ')))
        {
            var text = Encoding.UTF8.GetString(Convert.FromHexString(line[0]));
            Assert.Equal(
                line[1],
                Convert.ToHexStringLower(VaultPassphrase.Write(PasswordCode, text).AsSpan(PasswordCode.Symbols.Length + 1))
            );
        }
    }

    [Fact]
    public void Write_TenKilobytes_IsNotCut()
    {
        var password = new string('p', 10 << 10);
        Assert.Equal($"{PasswordCode.Symbols}.{password}", Text(PasswordCode, password));
        Assert.NotEqual(Text(PasswordCode, password), Text(PasswordCode, password + "p"));
    }

    [Fact]
    public void Write_Length_IsBoundedInBytesAfterNormalisation()
    {
        Assert.Equal(65536 + 29, VaultPassphrase.Write(PasswordCode, new string('p', 65536)).Length);
        Assert.Equal(65536 + 29, VaultPassphrase.Write(PasswordCode, string.Concat(Enumerable.Repeat("e\u0301", 32768))).Length);
        AssertRefused(PasswordCode, new string('p', 65537), "longer");
        AssertRefused(PasswordCode, new string('\u00e9', 32769), "longer");
        AssertRefused(PasswordCode, new string('p', 1 << 20), "longer");
    }

    [Fact]
    public void Write_NoPasswordOrOneTooMany_IsRefused()
    {
        AssertRefused(PasswordCode, null, "needs the password");
        AssertRefused(PasswordCode, "", "empty");
        AssertRefused(LinkCode, "", "without a password");
        AssertRefused(LinkCode, "p", "without a password");
    }

    // Not theory data: an attribute holds UTF-8, which has no unpaired surrogates.
    [Fact]
    public void Write_UnpairedSurrogate_IsRefused()
    {
        AssertRefused(PasswordCode, "a\ud800", "not valid Unicode");
        AssertRefused(PasswordCode, "\udc00a", "not valid Unicode");
    }

    private static string Text(VaultCode code, string? password) => Encoding.UTF8.GetString(VaultPassphrase.Write(code, password));

    private static void AssertRefused(VaultCode code, string? password, string part)
    {
        var refusal = Assert.Throws<ProtocolException>(() => VaultPassphrase.Write(code, password));
        Assert.Equal("invalid-vault-password", refusal.Code);
        Assert.Contains(part, refusal.Message);
    }
}
