using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Codes;

public sealed class VaultCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static TheoryData<VaultMode> Modes { get; } = [VaultMode.Password, VaultMode.Link];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Parse_WhatToStringWrites_IsTheSame(VaultMode mode)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var code = VaultSecrets.Code(mode, seed);
            Assert.Equal(code, VaultCode.Parse(code.ToString()));
        }
    }

    [Fact]
    public void ToString_FixedSecret_IsTheSameInEveryVersion()
    {
        var secret = VaultSecret.FromBytes(Enumerable.Range(0, 16).Select(octet => (byte)octet).ToArray());
        Assert.Equal("P-000G-40R4-0M30-E209-185G-R38E-1XJN", new VaultCode(VaultMode.Password, secret).ToString());
        Assert.Equal("L-000G-40R4-0M30-E209-185G-R38E-1YQK", new VaultCode(VaultMode.Link, secret).ToString());
    }

    [Fact]
    public void Parse_CaseLookAlikesDashesAndSpaces_AreForgiven()
    {
        const string written = "L-000G-40R4-0M30-E209-185G-R38E-1YQK";
        var code = VaultCode.Parse(written);
        string[] forms =
        [
            written.ToLowerInvariant(),
            written.Replace("-", ""),
            written.Replace('-', ' '),
            written.Replace('-', '\u2013'),
            $"  {written}\r\n",
            written.Replace('0', 'O'),
            written.Replace('0', 'o'),
            written.Replace('1', 'I'),
            written.Replace('1', 'l'),
            "1" + written[1..],
        ];
        Assert.All(forms, form => Assert.Equal(code, VaultCode.Parse(form)));
    }

    // Each of 28 symbols, each other value: the check promises this, and 12 bits of a hash would not.
    [Theory]
    [MemberData(nameof(Modes))]
    public void Parse_OneWrongSymbol_IsAlwaysRefused(VaultMode mode)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var code = VaultSecrets.Code(mode, seed);
            var symbols = code.Symbols;
            for (var index = 0; index < symbols.Length; index++)
            {
                foreach (var other in Alphabet.Where(other => other != symbols[index]))
                {
                    AssertRefused($"{code.ToString()[0]}{symbols[..index]}{other}{symbols[(index + 1)..]}", "check");
                }
            }
        }
    }

    [Fact]
    public void Read_TwoWrongSymbols_AreAlwaysRefused()
    {
        var values = new byte[CodeSymbols.Count];
        CodeSymbols.Write(VaultMode.Password, VaultSecrets.Of(3), values);
        var tried = 0;
        for (var first = 0; first < values.Length; first++)
        {
            for (var second = first + 1; second < values.Length; second++)
            {
                for (var change = 0; change < 32 * 32; change++)
                {
                    var changed = values.ToArray();
                    changed[first] ^= (byte)(change / 32);
                    changed[second] ^= (byte)(change % 32);
                    tried += change == 0 ? 0 : 1;
                    Assert.Equal(change != 0, CodeSymbols.Read(VaultMode.Password, changed) is null);
                }
            }
        }

        Assert.Equal(28 * 27 / 2 * 1023, tried);
    }

    [Fact]
    public void Parse_OtherMode_IsRefused()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            AssertRefused("L" + VaultSecrets.Code(VaultMode.Password, seed).Symbols, "check");
            AssertRefused("P" + VaultSecrets.Code(VaultMode.Link, seed).Symbols, "check");
        }
    }

    [Theory]
    [InlineData("", "0 letters")]
    [InlineData("P-3GK8", "5 letters")]
    [InlineData("X-000G-40R4-0M30-E209-185G-R38E-1XJN", "begins with P")]
    [InlineData("P-000G-40R4-0M30-E209-185G-R38E-1XJU", "Symbol 28")]
    [InlineData("P-000G-40R4-0M30-E209-185G-R38E-1XJN0", "30 letters")]
    [InlineData("P-000G-40R4-0M30-E209-185G-R38E-1XJ\u00e9", "Symbol 28")]
    public void Parse_NoCode_SaysWhatIsWrong(string text, string part) => AssertRefused(text, part);

    [Fact]
    public void ToString_OfTheSecret_DoesNotShowIt() =>
        Assert.DoesNotContain("01", VaultSecret.FromBytes(Enumerable.Repeat((byte)1, 16).ToArray()).ToString());

    [Fact]
    public void Dispose_Secret_ZeroesIt()
    {
        var secret = VaultSecrets.Of(1);
        secret.Dispose();
        Assert.True(secret.Bytes.IndexOfAnyExcept((byte)0) < 0);
    }

    private static void AssertRefused(string text, string part)
    {
        var refusal = Assert.Throws<ProtocolException>(() => VaultCode.Parse(text));
        Assert.Equal("invalid-vault-code", refusal.Code);
        Assert.Contains(part, refusal.Message);
    }
}
