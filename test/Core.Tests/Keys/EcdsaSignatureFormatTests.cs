using System.Security.Cryptography;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace FairShare.Core.Tests.Keys;

public class EcdsaSignatureFormatTests
{
    private const string Order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";

    [Fact]
    public void FromDer_OfAnyRealSignature_RoundTrips()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Prop.ForAll<byte[]>(data =>
            {
                var der = key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                var joined = EcdsaSignatureFormat.FromDer(der);
                return joined.Length == 64
                    && EcdsaSignatureFormat.ToDer(joined).SequenceEqual(der)
                    && PublicKey.Of(key).Verify(data, joined);
            })
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FromDer_SmallNumbers_ArePadded() =>
        Assert.Equal(One + One, Convert.ToHexString(EcdsaSignatureFormat.FromDer(Convert.FromHexString("3006020101020101"))));

    [Theory]
    [InlineData("")]
    [InlineData("3006020101020101FF")]
    [InlineData("3007020101020101")]
    [InlineData("30060201010201")]
    [InlineData("300602010102010100")]
    [InlineData("30070202000102010100")]
    [InlineData("3006020100020101")]
    [InlineData("30060201FF020101")]
    [InlineData("3009020101020101020101")]
    [InlineData("3081060201010201" + "01")]
    [InlineData("3026022100" + Order + "020101")]
    public void FromDer_NotStrictDerOrOutOfRange_IsRefused(string der) =>
        AssertRefused(() => EcdsaSignatureFormat.FromDer(Convert.FromHexString(der)));

    [Theory]
    [InlineData("")]
    [InlineData(One)]
    [InlineData(One + One + "00")]
    [InlineData(Order + One)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000" + One)]
    public void ToDer_OtherLengthOrOutOfRange_IsRefused(string joined) =>
        AssertRefused(() => EcdsaSignatureFormat.ToDer(Convert.FromHexString(joined)));

    private static void AssertRefused(Action convert) =>
        Assert.Equal("invalid-signature-format", Assert.Throws<ProtocolException>(convert).Code);
}
