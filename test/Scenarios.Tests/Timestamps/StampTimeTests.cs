using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Testing;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;
using Xunit;

namespace FairShare.Scenarios.Tests.Timestamps;

/// <summary>The time-stamping authority, as a party asks it.</summary>
public sealed class StampTimeTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    private static readonly byte[] Hash = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public async Task Stamp_OfAHash_IsOfTheHostsTimeWithNonceAndCertificate()
    {
        var request = new TimestampRequest(Sha256Digest.FromBytes(Hash), new byte[] { 9, 8, 7 }, WantsCertificate: true);
        var before = world.Host.Time.GetUtcNow();

        var stamp = TimestampToken.ParseAnswer(await AskAsync(world.Alice, request.Write()));

        Assert.Equal((request.Imprint, "090807"), (stamp.Imprint, Convert.ToHexString(stamp.Nonce!.Value.Span)));
        Assert.InRange(stamp.Time, before.AddSeconds(-2), world.Host.Time.GetUtcNow().AddSeconds(2));
    }

    [Fact]
    public async Task Stamp_TwoPartiesAtOnce_HaveOneCertificateAndDifferentSerials()
    {
        var request = new TimestampRequest(Sha256Digest.FromBytes(Hash), null, WantsCertificate: true).Write();

        var answers = await Task.WhenAll(AskAsync(world.Alice, request), AskAsync(world.Bob, request), AskAsync(world.Carol, request));

        Assert.Single(answers.Select(answer => Convert.ToHexString(TimestampToken.ParseAnswer(answer).Certificate.Der.Span)).Distinct());
        Assert.Equal(3, answers.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public async Task Stamp_OfWhatIsNoRequest_IsARefusalInAnAnswer()
    {
        var answer = await AskAsync(world.Alice, "hello"u8.ToArray());
        Assert.Equal("stamp-refused", Assert.Throws<ProtocolException>(() => TimestampToken.ParseAnswer(answer)).Code);
    }

    [Fact]
    public async Task Stamp_WithoutASession_IsNotGiven()
    {
        using var response = await Stamping.SendAsync(world.Host, null, "hello"u8.ToArray());
        Assert.Equal(401, (int)response.StatusCode);
    }

    private async Task<byte[]> AskAsync(TestParty party, byte[] query)
    {
        using var response = await Stamping.SendAsync(world.Host, party.AccessToken, query);
        Assert.Equal((200, "application/timestamp-reply"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
