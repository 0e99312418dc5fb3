using System.Net.Http.Headers;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Testing;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tests;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Cli;

/// <summary>The commands <c>tsa</c>: a request, a chain that openssl gives for it, and the stamps that carry it.</summary>
public sealed class TsaCommandTests : IDisposable
{
    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Install_ChainForTheRequest_IsCarriedByStampsThatOpenSslVerifies()
    {
        var issuer = new OpenSslIssuer(workspace.Path);
        Assert.SkipUnless(await issuer.TryMakeAsync(), "openssl is not there.");
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(new EmbeddedHostOptions { Time = time }, isJudged: false);
        var command = OperatorOf(host.Embedded);
        string[] at = ["--function", host.Embedded.Outputs["StampCertifierName"], "--aws-endpoint", host.Embedded.AwsUrl];

        var csr = workspace.At("stamps.csr");
        Assert.Equal(csr, $"{(await command.RunAsync(["tsa", "init", "--out", csr, .. at, "--json"])).Answer["request"]}");
        (await command.RunAsync(["tsa", "init", "--out", csr, .. at])).Require(ExitCode.LocalFile, "file-in-the-way");
        var pems = await issuer.ChainAsync(await File.ReadAllTextAsync(csr, Stop));
        var chain = workspace.At("chain.pem");
        foreach (var (pem, fault) in new[] { (pems[0] + pems[2], "chain-broken"), (pems[0] + pems[2] + pems[1], "chain-order") })
        {
            await File.WriteAllTextAsync(chain, pem, Stop);
            (await command.RunAsync(["tsa", "install", chain, .. at])).Require(ExitCode.NotVerified, fault);
        }

        string[] elsewhere = ["--function", "no-such-function", "--aws-endpoint", host.Embedded.AwsUrl];
        (await command.RunAsync(["tsa", "install", chain, .. elsewhere])).Require(ExitCode.Refused, "aws-call-refused");
        (await command.With("AWS_SECRET_ACCESS_KEY", "none").RunAsync(["tsa", "init", "--out", workspace.At("none.csr"), .. at])).Require(
            ExitCode.Refused,
            "aws-call-refused"
        );
        await File.WriteAllTextAsync(chain, pems[0], Stop);
        Assert.False((bool)(await command.RunAsync(["tsa", "install", chain, .. at, "--json"])).Answer["issuerVerified"]!);

        await File.WriteAllTextAsync(chain, pems[0] + pems[1], Stop);
        var installed = (await command.RunAsync(["tsa", "install", chain, .. at, "--json"])).Answer;
        Assert.True((bool)installed["issuerVerified"]!);
        using var alice = await Testing.TestParty.JoinAsync(host, "alice");
        var hash = Sha256Digest.Of("a checkpoint"u8);
        var answer = await StampAsync(host, alice.AccessToken, hash);
        Assert.True(await issuer.VerifiesAsync(answer, Convert.ToHexString(hash.ToBytes()), issuer.Root));
        var stamp = FairShare.Timestamps.Tokens.TimestampToken.ParseAnswer(answer);
        Assert.Equal($"{installed["key"]}", stamp.Certificate.Key.Thumbprint.ToString());

        // A chain that has expired is carried no more, not even by a warm function, and cannot be installed; stamps go on, by the
        // certificate that vouches for itself.
        time.Advance(Timestamp.Parse($"{installed["notAfter"]}") - time.GetUtcNow() - TimeSpan.FromMinutes(2));
        using var bob = await Testing.TestParty.JoinAsync(host, "bob");
        answer = await StampAsync(host, bob.AccessToken, hash);
        Assert.True(await issuer.VerifiesAsync(answer, Convert.ToHexString(hash.ToBytes()), issuer.Root));
        time.Advance(TimeSpan.FromMinutes(3));
        answer = await StampAsync(host, bob.AccessToken, hash);
        Assert.False(await issuer.VerifiesAsync(answer, Convert.ToHexString(hash.ToBytes()), issuer.Root));
        stamp = FairShare.Timestamps.Tokens.TimestampToken.ParseAnswer(answer);
        Assert.Equal($"{installed["key"]}", stamp.Certificate.Key.Thumbprint.ToString());
        (await command.RunAsync(["tsa", "install", chain, .. at])).Require(ExitCode.NotVerified, "chain-not-valid");
    }

    private BuiltCommand OperatorOf(EmbeddedHost host)
    {
        var command = new BuiltCommand(workspace.At("home"));
        (command.Variables["AWS_ACCESS_KEY_ID"], command.Variables["AWS_SECRET_ACCESS_KEY"]) = host.RootCredentials;
        return command;
    }

    private static async Task<byte[]> StampAsync(TestHost host, string token, Sha256Digest hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Embedded.ApiUrl + "/timestamp");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = new ByteArrayContent(new TimestampRequest(hash, null, WantsCertificate: true).Write());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var response = await host.Http.SendAsync(request, Stop);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Stop);
    }
}
