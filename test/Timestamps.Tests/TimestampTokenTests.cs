using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Timestamps.Tests;

public sealed class TimestampTokenTests : IDisposable
{
    private readonly TimestampScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task ParseAnswer_Stamp_SaysWhatWasStampedWhenAndByWhom()
    {
        var stamp = TimestampToken.ParseAnswer(await scene.AnswerAsync(TimestampScene.Request));
        Assert.Equal(Sha256Digest.Of(TimestampScene.Document), stamp.Imprint);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 9, 30, 15, TimeSpan.Zero), stamp.Time);
        Assert.Equal(scene.Public, stamp.Certificate.Key);
        Assert.Equal(TimestampScene.Request.Nonce!.Value.ToArray(), stamp.Nonce!.Value.ToArray());
    }

    [Fact]
    public async Task ParseAnswer_AnyOctetChanged_IsRefusedOrSaysTheSame()
    {
        var whole = await scene.AnswerAsync(TimestampScene.Request);
        var accepted = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            try
            {
                var stamp = TimestampToken.ParseAnswer(changed);
                Assert.Equal((Sha256Digest.Of(TimestampScene.Document), scene.Public), (stamp.Imprint, stamp.Certificate.Key));
                accepted++;
            }
            catch (ProtocolException)
            {
                // Refused, as it should be.
            }
        }

        // Versions, the status, and the name by which the signer calls the certificate are not signed.
        Assert.True(accepted < whole.Length / 10, $"{accepted} of {whole.Length}");
    }

    [Fact]
    public void ParseAnswer_Refusal_IsOne()
    {
        var answer = TimestampAuthority.Refuse(PkiFailure.UnacceptedExtension, "no");
        Assert.Equal("stamp-refused", Assert.Throws<ProtocolException>(() => TimestampToken.ParseAnswer(answer)).Code);
    }

    [Fact]
    public async Task ParseAnswer_StampWithoutCertificate_IsRefused()
    {
        var answer = await scene.AnswerAsync(TimestampScene.Request with { WantsCertificate = false });
        Assert.Equal("malformed-stamp", Assert.Throws<ProtocolException>(() => TimestampToken.ParseAnswer(answer)).Code);
    }
}
