using FairShare.Client.Log.Disputes;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Tests.Log;

/// <summary>What each side may present, the store included, and what comes of it.</summary>
public sealed class AdjudicationTests : IAsyncLifetime
{
    private DisputeScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await DisputeScene.CreateAsync();

    public ValueTask DisposeAsync()
    {
        scene.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Judge_CompletedAgainstABareChallenge_TookPlace()
    {
        // Bob says that he never received anything.
        var denial = new Claim("bob", new ExchangeTokens { Challenge = scene.Challenge.Text }, scene.Keys, []);
        var judgement = scene.Adjudication.Judge([scene.Completed("alice"), denial]);
        Assert.Equal(DisputeOutcome.TookPlace, judgement.Outcome);
        Assert.Empty(judgement.Contradictions);
        Assert.Contains(
            judgement.Statements,
            statement => statement.StartsWith($"{DisputeScene.Bob} signed the EvidenceOfReceipt", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Judge_ReleaseHereAndExpiryThere_ShowsTheStoreToCheat()
    {
        var judgement = scene.Adjudication.Judge([scene.Completed("alice"), scene.Expired("bob")]);
        Assert.Equal(DisputeOutcome.StoreContradictsItself, judgement.Outcome);
        Assert.Equal(("store-two-endings", true), Assert.Single(judgement.Contradictions) is var one ? (one.Code, one.IsCheat) : default);
    }

    [Fact]
    public async Task Judge_ReleaseThatTheLogLacks_DoesNotCount()
    {
        // A release is sealed before it is committed: one that never was tells against nobody.
        var proofs = await scene.ProveAsync(scene.Challenge, scene.Expiry);
        var judgement = scene.Adjudication.Judge([scene.Completed("alice"), scene.Expired("bob", proofs)]);
        Assert.Equal(DisputeOutcome.EndedOtherwise, judgement.Outcome);
        Assert.Equal(("not-in-log", false), Assert.Single(judgement.Contradictions) is var one ? (one.Code, one.IsCheat) : default);
    }

    [Fact]
    public async Task Judge_BothEndingsInTheLog_ShowsTheStoreToCheat()
    {
        var proofs = await scene.ProveAsync(scene.Release, scene.Expiry);
        var judgement = scene.Adjudication.Judge([scene.Completed("alice", proofs), scene.Expired("bob", proofs)]);
        Assert.Equal(DisputeOutcome.StoreContradictsItself, judgement.Outcome);
    }

    [Fact]
    public async Task Judge_TwoLogsOfOneSize_ShowTheStoreToCheat()
    {
        var (here, there) = (await scene.ProveAsync(scene.Release), await scene.ProveAsync(scene.Challenge));
        var judgement = scene.Adjudication.Judge([scene.Completed("alice", here), scene.Completed("bob", there)]);
        Assert.Contains(judgement.Contradictions, one => one is { Code: "log-fork", Against: "store", IsCheat: true });
        Assert.Equal(DisputeOutcome.StoreContradictsItself, judgement.Outcome);
    }

    [Fact]
    public async Task Judge_ReceiptForgedWithTheStoresKey_IsRefused()
    {
        var forged = await scene.ForgedReceiptAsync();
        var release = await scene.ReleaseAsync(forged);
        var tokens = scene.Completed("store").Tokens with { Receipt = forged.Text, Release = release.Text };
        var judgement = scene.Adjudication.Judge([new Claim("store", tokens, scene.Keys, [])]);
        Assert.Equal(DisputeOutcome.NotShown, judgement.Outcome);
        var refused = Assert.Single(judgement.Contradictions);
        Assert.Equal(("claim-refused", "store"), (refused.Code, refused.Against));
        Assert.Contains("nrr.key", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_TwoChallengesOfOneExchange_ShowTheStoreToCheat()
    {
        var other = new Claim("bob", new ExchangeTokens { Challenge = (await scene.ChallengeAsync()).Text }, scene.Keys, []);
        var judgement = scene.Adjudication.Judge([scene.Completed("alice"), other]);
        Assert.Contains(judgement.Contradictions, one => one is { Code: "store-two-challenges", IsCheat: true });
    }

    [Fact]
    public void Judge_KeyOfTwoOwners_IsNamed()
    {
        var (first, second) = (scene.Keys[0], scene.Keys[1]);
        var swapped = scene.Completed("bob") with
        {
            Views = [first with { Party = second.Party }, second with { Party = first.Party }, scene.Keys[2]],
        };
        var judgement = scene.Adjudication.Judge([scene.Completed("alice"), swapped]);
        Assert.Equal(2, judgement.Contradictions.Count(one => one.Code == "key-two-owners"));
        Assert.Contains(judgement.Contradictions, one => one is { Code: "claim-refused", Against: "bob" });
        Assert.Equal(DisputeOutcome.TookPlace, judgement.Outcome);
    }

    [Fact]
    public async Task Judge_CertifiedKey_SaysWhoItIs()
    {
        var claim = scene.Completed("alice") with { Views = await scene.CertifyBobAsync(DisputeScene.Bob, "bob@example.com") };
        var judgement = scene.Adjudication.Judge([claim]);
        Assert.Empty(judgement.Contradictions);
        Assert.Contains(
            judgement.Statements,
            statement =>
                statement.EndsWith($"is the key of {DisputeScene.Bob}, verified address <bob@example.com>.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Judge_KeyCertifiedForTwoParties_ShowsTheStoreToCheat()
    {
        // The store lets Mallory have what Bob signed.
        var mallory = PartyId.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2");
        var (bobs, mallorys) = (
            await scene.CertifyBobAsync(DisputeScene.Bob, "bob@example.com"),
            await scene.CertifyBobAsync(mallory, "mallory@example.com")
        );
        var judgement = scene.Adjudication.Judge([
            scene.Completed("alice") with
            {
                Views = bobs,
            },
            scene.Completed("store") with
            {
                Views = mallorys,
            },
        ]);
        Assert.Contains(judgement.Contradictions, one => one is { Code: "store-two-owners", Against: "store", IsCheat: true });
        Assert.Equal(DisputeOutcome.StoreContradictsItself, judgement.Outcome);
    }

    [Fact]
    public async Task Judge_CertificateOfAnotherKey_TellsAgainstTheClaim()
    {
        var views = await scene.CertifyBobAsync(DisputeScene.Bob, "bob@example.com");
        var moved = scene.Completed("alice") with { Views = [views[0] with { Certificate = views[1].Certificate }, views[1], views[2]] };
        var judgement = scene.Adjudication.Judge([moved]);
        Assert.Equal(
            ("certificate-refused", false),
            Assert.Single(judgement.Contradictions) is var one ? (one.Code, one.IsCheat) : default
        );
        Assert.Equal(DisputeOutcome.TookPlace, judgement.Outcome);
    }

    [Fact]
    public async Task Judge_NothingOrTwoExchanges_IsRefused()
    {
        Assert.Equal("no-claim", Assert.Throws<ProtocolException>(() => scene.Adjudication.Judge([])).Code);
        using var other = await DisputeScene.CreateAsync();
        var claims = new[] { scene.Completed("alice"), other.Completed("bob") };
        Assert.Equal("two-exchanges", Assert.Throws<ProtocolException>(() => scene.Adjudication.Judge(claims)).Code);
    }
}
