using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Client.Transfers;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Tests.Exchange;

/// <summary>
/// A service that lies, or somebody on the way who does: the client must see it, and before it signs where that is possible.
/// </summary>
public sealed class DishonestServiceTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();
    private readonly Wire wire = new();
    private readonly LocalSigner mallory = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public void Dispose()
    {
        mallory.Dispose();
        workspace.Dispose();
    }

    [Fact]
    public async Task Open_ChallengeSealedByAnotherKey_IsRefused()
    {
        wire.Change = (_, answer) => Replace(answer, "challenge", Forge);
        await AssertOpenRefusedAsync("unknown-key");
    }

    [Fact]
    public async Task Open_ChallengeWithAnotherSignature_IsRefused()
    {
        wire.Change = (_, answer) => Replace(answer, "challenge", text => text[..^10] + (text[^10] == 'A' ? 'B' : 'A') + text[^9..]);
        await AssertOpenRefusedAsync("bad-signature");
    }

    [Theory]
    [InlineData("exchangeId", "statement-mismatch:exch")]
    [InlineData("nonce", "statement-mismatch:nonce")]
    public async Task Open_ChallengeOfAnotherExchange_IsRefused(string member, string code)
    {
        wire.Change = (_, answer) => Replace(answer, member, _ => Nonce.New(new SystemRandomness()).ToString());
        await AssertOpenRefusedAsync(code);
    }

    [Fact]
    public async Task Open_ExchangeIdThatIsAPath_WritesNowhere()
    {
        wire.Change = (_, answer) => Replace(answer, "exchangeId", _ => "../../elsewhere");
        await AssertOpenRefusedAsync("statement-mismatch:exch");
        Assert.False(Directory.Exists(workspace.At("elsewhere")));
    }

    [Fact]
    public async Task Open_ChallengeWithAnotherDeadline_IsRefused()
    {
        wire.Change = (_, answer) => Replace(answer, "due", _ => "2099-01-01T00:00:00.000Z");
        await AssertOpenRefusedAsync("statement-mismatch:due");
    }

    [Fact]
    public async Task Open_ChallengeForAnotherParty_IsRefused()
    {
        var carol = await fixture.JoinAsync(workspace);
        var alice = await fixture.JoinAsync(workspace);
        var deposit = await alice.PutAsync(workspace.MakeFile("contract.bin", 1000));
        var hers = await carol.OpenAsync(deposit);
        var bob = await fixture.JoinAsync(workspace, wire);
        wire.Change = (_, answer) =>
        {
            Replace(answer, "challenge", _ => hers.Challenge.Text);
            Replace(answer, "exchangeId", _ => hers.Id.ToString());
            Replace(answer, "nonce", _ => hers.Challenge.Statement.Nonce.ToString()!);
            Replace(answer, "due", _ => Timestamp.Format(hers.Due));
        };
        Assert.Equal("statement-mismatch:rcpt", (await Assert.ThrowsAsync<EvidenceProblem>(() => bob.OpenAsync(deposit))).Code);
    }

    [Fact]
    public async Task Open_ChallengeForAnotherDocument_IsRefused()
    {
        var alice = await fixture.JoinAsync(workspace);
        var (wanted, other) = (
            await alice.PutAsync(workspace.MakeFile("wanted.bin", 1000)),
            await alice.PutAsync(workspace.MakeFile("other.bin", 1000))
        );
        var bob = await fixture.JoinAsync(workspace, wire);
        var offered = await bob.OpenAsync(other);
        wire.Change = (_, answer) =>
        {
            Replace(answer, "challenge", _ => offered.Challenge.Text);
            Replace(answer, "exchangeId", _ => offered.Id.ToString());
            Replace(answer, "nonce", _ => offered.Challenge.Statement.Nonce.ToString()!);
            Replace(answer, "due", _ => Timestamp.Format(offered.Due));
        };
        Assert.Equal("statement-mismatch:doc.id", (await Assert.ThrowsAsync<EvidenceProblem>(() => bob.OpenAsync(wanted))).Code);
    }

    [Fact]
    public async Task Accept_ForgedEvidenceOfOrigin_IsRefusedAndKeptAsProof()
    {
        var (bob, exchange) = await OpenAsync();
        wire.Change = (_, answer) => Replace(answer, "nro", Forge);
        await Assert.ThrowsAsync<EvidenceProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.False(File.Exists(workspace.At("inbox", "contract.bin")));
        Assert.NotNull(exchange.Folder.Read().Origin);
    }

    [Fact]
    public async Task Accept_ReleaseOfAnotherExchange_IsRefused()
    {
        var (bob, first) = await OpenAsync();
        var received = await bob.AcceptAsync(first, workspace.At("first"));
        var second = await bob.Client.OpenAsync(first.Document.Id, null, new TransferWatch(), TestContext.Current.CancellationToken);
        wire.Change = (_, answer) => Replace(answer, "release", _ => received.Evidence.Bundle.Release!);
        var problem = await Assert.ThrowsAsync<EvidenceProblem>(() => bob.AcceptAsync(second, workspace.At("inbox")));
        Assert.Equal("release.statement", problem.Code);
    }

    [Fact]
    public async Task Accept_OtherBytesThanReceipted_LeavesNoFile()
    {
        await using var store = new ObjectStoreServer();
        await store.StartAsync();
        store.Objects["swapped"] = new byte[1000];
        var (bob, exchange) = await OpenAsync();
        wire.Change = (_, answer) => Replace(answer, "filePath", _ => store.Url("swapped"));
        var problem = await Assert.ThrowsAsync<TransferProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.Equal(TransferProblem.DigestMismatch, problem.Code);
        Assert.Empty(Directory.EnumerateFiles(workspace.At("inbox")));
    }

    [Fact]
    public async Task Accept_KeyOfAnotherUnderTheUploadersName_IsRefused()
    {
        var (bob, exchange) = await OpenAsync();
        wire.Change = (line, answer) =>
        {
            if (answer["keys"] is JsonArray keys && line.Contains("/parties/", StringComparison.Ordinal))
            {
                keys[0]!["jwk"] = JsonNode.Parse(mallory.PublicKey.ToJwk());
            }
        };
        var problem = await Assert.ThrowsAsync<EvidenceProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.Equal("invalid-key", problem.Code);
    }

    [Fact]
    public async Task Put_ReceiptForAnotherDeposit_IsRefused()
    {
        var alice = await fixture.JoinAsync(workspace, wire);
        var first = await alice.PutAsync(workspace.MakeFile("first.bin", 1000));
        wire.Change = (_, answer) => Replace(answer, "receipt", _ => first.Receipt.Text);
        var problem = await Assert.ThrowsAsync<EvidenceProblem>(() => alice.PutAsync(workspace.MakeFile("second.bin", 1000)));
        Assert.StartsWith("statement-mismatch:", problem.Code, StringComparison.Ordinal);
        Assert.Equal(first.Receipt.Text, problem.Token);
    }

    private async Task AssertOpenRefusedAsync(string code)
    {
        var alice = await fixture.JoinAsync(workspace);
        var deposit = await alice.PutAsync(workspace.MakeFile("contract.bin", 1000));
        var change = wire.Change;
        wire.Change = null;
        var bob = await fixture.JoinAsync(workspace, wire);
        wire.Change = change;
        Assert.Equal(code, (await Assert.ThrowsAsync<EvidenceProblem>(() => bob.OpenAsync(deposit))).Code);
        Assert.False(Directory.Exists(bob.Profile.ExchangesFolder));
    }

    private async Task<(TestParty Bob, OpenedExchange Exchange)> OpenAsync()
    {
        var alice = await fixture.JoinAsync(workspace);
        var bob = await fixture.JoinAsync(workspace, wire);
        Directory.CreateDirectory(workspace.At("source"));
        var deposit = await alice.PutAsync(workspace.MakeFile(Path.Combine("source", "contract.bin"), 1000));
        return (bob, await bob.OpenAsync(deposit));
    }

    private string Forge(string token) => EvidenceIssuer.IssueAsync(EvidenceToken.Parse(token).Statement, mallory).AsTask().Result.Text;

    private static void Replace(JsonObject answer, string member, Func<string, string> change)
    {
        if (answer[member] is JsonValue value)
        {
            answer[member] = change(value.ToString());
        }
    }
}
