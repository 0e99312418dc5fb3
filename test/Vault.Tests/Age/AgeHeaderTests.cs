using System.Diagnostics;
using System.Text;
using FairShare.Vault.Age;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Age;

public sealed class AgeHeaderTests
{
    private const string Body = "gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY";
    private const string Salt = "rF0/NwblUHHTpgQgRpe5CQ";
    private const string Mac = "IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc";

    [Fact]
    public void Write_Header_HasTheFormThatTheDesignStates()
    {
        var lines = Encoding.ASCII.GetString(AgeFiles.Envelope().Header).Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Equal("age-encryption.org/v1", lines[0]);
        Assert.Equal($"-> scrypt {Convert.ToBase64String(AgeFiles.Salt).TrimEnd('=')} 2", lines[1]);
        Assert.Equal(43, lines[2].Length);
        Assert.Matches("^--- [A-Za-z0-9+/]{43}$", lines[3]);
        Assert.Equal("", lines[4]);
    }

    [Theory]
    [InlineData($"-> scrypt {Salt} 10\n{Body}\n-> scrypt {Salt} 10\n{Body}\n", "only one")]
    [InlineData($"-> scrypt {Salt} 10\n{Body}\n-> X25519 {Salt}\n{Body}\n", "only one")]
    [InlineData($"-> X25519 {Salt}\n{Body}\n-> scrypt {Salt} 10\n{Body}\n", "only one")]
    [InlineData($"-> scrypt {Salt}\n{Body}\n", "salt and a work factor")]
    [InlineData($"-> scrypt {Salt} 10 x\n{Body}\n", "salt and a work factor")]
    [InlineData($"-> scrypt {Salt}== 10\n{Body}\n", "salt is not 16 bytes")]
    [InlineData($"-> scrypt rF0_NwblUHHTpgQgRpe5CQ 10\n{Body}\n", "salt is not 16 bytes")]
    [InlineData($"-> scrypt rF0/NwblUHHTpgQgRpe5CR 10\n{Body}\n", "salt is not 16 bytes")]
    [InlineData($"-> scrypt AAAA 10\n{Body}\n", "salt is not 16 bytes")]
    [InlineData($"-> scrypt {Salt} 010\n{Body}\n", "leading zeros")]
    [InlineData($"-> scrypt {Salt} 0x10\n{Body}\n", "decimal number")]
    [InlineData($"-> scrypt {Salt} +9\n{Body}\n", "decimal number")]
    [InlineData($"-> scrypt {Salt} 31\n{Body}\n", "2^31")]
    [InlineData($"-> scrypt {Salt} 99\n{Body}\n", "2^99")]
    [InlineData($"-> scrypt {Salt} 4294967306\n{Body}\n", "far too high")]
    [InlineData($"-> scrypt {Salt} 10\nAAAA\n", "32 bytes")]
    [InlineData($"-> scrypt {Salt} 10\n{Body}A\n", "32 bytes")]
    [InlineData($"-> scrypt {Salt} 10\n{Body}==\n", "canonical base64")]
    [InlineData($"-> scrypt  {Salt} 10\n{Body}\n", "empty argument")]
    [InlineData($"->scrypt {Salt} 10\n{Body}\n", "neither a stanza")]
    [InlineData($"-> scrypt {Salt} 10\r\n{Body}\n", "printable ASCII")]
    [InlineData("", "no stanza")]
    public void OpenWithPassphrase_OtherHeader_IsRefusedByName(string stanzas, string part) =>
        AssertRefused(AgeFault.Header, part, $"age-encryption.org/v1\n{stanzas}--- {Mac}\n");

    [Theory]
    [InlineData("")]
    [InlineData("age-encryption.org/v2\n")]
    [InlineData("-----BEGIN AGE ENCRYPTED FILE-----\n")]
    public void OpenWithPassphrase_NoAgeFile_IsRefusedByName(string text) =>
        AssertRefused(AgeFault.Header, text.Length == 0 ? "cut off" : "no age v1 file", text);

    [Fact]
    public void OpenWithPassphrase_FileForRecipients_IsNoMatch() =>
        AssertRefused(AgeFault.NoMatch, "recipients", $"age-encryption.org/v1\n-> X25519 {Salt}\n{Body}\n--- {Mac}\n");

    [Fact]
    public void OpenWithPassphrase_HundredThousandStanzas_AreRefusedAfterSixteenKilobytes()
    {
        var stanza = $"-> scrypt {Salt} 22\n{Body}\n";
        var text = $"age-encryption.org/v1\n{string.Concat(Enumerable.Repeat(stanza, 100_000))}--- {Mac}\n";
        using var source = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var refusal = Assert.Throws<AgeException>(() => AgeReader.OpenWithPassphrase(source, []));
        Assert.Equal(AgeFault.Header, refusal.Fault);
        Assert.Contains("longer than 16384 bytes", refusal.Message);
        Assert.Equal(16384, source.Position);
    }

    [Fact]
    public void OpenWithPassphrase_HostileWorkFactor_IsRefusedAndNotComputed()
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        AssertRefused(AgeFault.Header, "2^29", $"age-encryption.org/v1\n-> scrypt {Salt} 29\n{Body}\n--- {Mac}\n");
        AssertRefused(AgeFault.Header, "2^21", $"age-encryption.org/v1\n-> scrypt {Salt} 21\n{Body}\n--- {Mac}\n");
        // Computing 2^29 takes a quarter of an hour anywhere.
        Assert.True(Process.GetCurrentProcess().TotalProcessorTime - before < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void OpenWithKey_OtherSalt_IsRefusedByName()
    {
        var other = AgeEnvelope.New(AgeFiles.WrapKey, new byte[16], AgeFiles.WorkFactor, new CountedRandomness(1));
        AssertStrictRefused("salt is not this code's", AgeFiles.Write([1], other));
    }

    [Fact]
    public void OpenWithKey_OtherWorkFactor_IsRefusedByName()
    {
        var other = AgeEnvelope.New(AgeFiles.WrapKey, AgeFiles.Salt, AgeFiles.WorkFactor + 1, new CountedRandomness(1));
        AssertStrictRefused("2^3, and not 2^2", AgeFiles.Write([1], other));
    }

    [Fact]
    public void OpenWithKey_HeaderUnderAnotherFileKey_IsRefusedAsChanged()
    {
        var header = Encoding.ASCII.GetString(AgeFiles.Envelope(seed: 1).Header);
        var other = Encoding.ASCII.GetString(AgeFiles.Envelope(seed: 2).Header);
        var mixed = header[..header.IndexOf("---", StringComparison.Ordinal)] + other[other.IndexOf("---", StringComparison.Ordinal)..];
        var file = Encoding.ASCII.GetBytes(mixed);
        Assert.Equal(AgeFault.Hmac, Assert.Throws<AgeException>(() => AgeFiles.Read(file)).Fault);
    }

    private static void AssertStrictRefused(string part, byte[] file)
    {
        var refusal = Assert.Throws<AgeException>(() => AgeFiles.Read(file));
        Assert.Equal(AgeFault.Header, refusal.Fault);
        Assert.Contains(part, refusal.Message);
    }

    private static void AssertRefused(AgeFault fault, string part, string text)
    {
        using var source = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var refusal = Assert.Throws<AgeException>(() => AgeReader.OpenWithPassphrase(source, []));
        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(part, refusal.Message);
    }
}
