using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Exchange.Tests.Evidence;

public class ExchangeEvidenceTests
{
    private readonly EvidenceScene scene = new();

    private ExchangeTokens Completed =>
        new()
        {
            Origin = scene.Origin.Text,
            Challenge = scene.Challenge.Text,
            Receipt = scene.Receipt.Text,
            Release = scene.Release.Text,
        };

    [Fact]
    public void Verify_CompletedExchange_Holds()
    {
        var evidence = ExchangeEvidence.Verify(Completed, scene.Keys);
        Assert.All(evidence.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.True(evidence.Holds);
        Assert.Equal(ExchangeState.Completed, evidence.State);
        Assert.Equal(scene.Document, evidence.Document);
    }

    [Fact]
    public void Verify_ChallengeAlone_HoldsAndAwaits()
    {
        var evidence = ExchangeEvidence.Verify(new ExchangeTokens { Challenge = scene.Challenge.Text }, scene.Keys);
        Assert.True(evidence.Holds);
        Assert.Equal(ExchangeState.AwaitingReceipt, evidence.State);
    }

    [Fact]
    public void Verify_Declined_Holds()
    {
        var record = scene.Store.Issue(Statements.AbortByRefusal(EvidenceScene.NewId(), scene.Refusal, EvidenceScene.Start.AddMinutes(3)));
        AssertEnding(record, scene.Refusal, ExchangeState.Declined);
    }

    [Fact]
    public void Verify_Aborted_Holds()
    {
        var record = scene.Store.Issue(
            Statements.AbortOfExchange(EvidenceScene.NewId(), scene.Challenge, EvidenceScene.Start.AddMinutes(3))
        );
        AssertEnding(record, null, ExchangeState.Aborted);
    }

    [Fact]
    public void Verify_AbortedBecauseTheStoreFailed_Holds()
    {
        var record = scene.Store.Issue(
            Statements.AbortByFailure(EvidenceScene.NewId(), scene.Challenge, EvidenceScene.Start.AddMinutes(3))
        );
        AssertEnding(record, null, ExchangeState.Aborted);
    }

    [Fact]
    public void Verify_AbortedForAReasonThatThereIsNot_DoesNotHold()
    {
        var record = scene.Store.Issue(
            Statements.AbortOfExchange(EvidenceScene.NewId(), scene.Challenge, EvidenceScene.Start.AddMinutes(3)) with
            {
                Reason = "bad-weather",
            }
        );
        AssertFails(new ExchangeTokens { Challenge = scene.Challenge.Text, Record = record.Text }, "record.statement");
    }

    [Fact]
    public void Verify_Expired_Holds()
    {
        var record = scene.Store.Issue(Statements.Expiry(EvidenceScene.NewId(), scene.Challenge, scene.Due));
        AssertEnding(record, null, ExchangeState.Expired);
    }

    [Fact]
    public void Verify_EvidenceOfTwoEndings_DoesNotHold()
    {
        var record = scene.Store.Issue(Statements.Expiry(EvidenceScene.NewId(), scene.Challenge, scene.Due));
        AssertFails(Completed with { Record = record.Text }, "exchange.ending");
    }

    [Fact]
    public void Verify_ReceiptForAnotherChallenge_DoesNotHold()
    {
        var other = new EvidenceScene();
        var foreign = scene.Bob.Issue(
            Statements.Receipt(EvidenceScene.NewId(), other.Challenge, EvidenceScene.Start.AddMinutes(2), KeyHolder.Self)
        );
        AssertFails(Completed with { Receipt = foreign.Text }, "nrr.statement");
    }

    [Fact]
    public void Verify_OriginOfAnotherDocument_DoesNotHold()
    {
        var other = scene.Alice.Issue(scene.OriginStatement with { Document = EvidenceScene.Describe("fake.pdf", 9, "fake") });
        AssertFails(Completed with { Origin = other.Text }, "challenge.statement");
    }

    [Fact]
    public void Verify_MissingOrigin_DoesNotHold() => AssertFails(Completed with { Origin = null }, "nro.form");

    [Fact]
    public void Verify_MissingRelease_DoesNotHold() => AssertFails(Completed with { Release = null }, "release.form");

    [Fact]
    public void Verify_ReleaseWithoutAReceipt_DoesNotHold() => AssertFails(Completed with { Receipt = null }, "nrr.form");

    [Fact]
    public void Verify_RefusalWithoutARecord_DoesNotHold() =>
        AssertFails(new ExchangeTokens { Challenge = scene.Challenge.Text, Refusal = scene.Refusal.Text }, "record.form");

    [Fact]
    public void Verify_RefusalByAnother_DoesNotHold()
    {
        var forged = scene.Mallory.Issue(scene.Refusal.Statement);
        var record = scene.Store.Issue(Statements.AbortByRefusal(EvidenceScene.NewId(), forged, EvidenceScene.Start.AddMinutes(3)));
        AssertFails(
            new ExchangeTokens
            {
                Challenge = scene.Challenge.Text,
                Refusal = forged.Text,
                Record = record.Text,
            },
            "refusal.key"
        );
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Verify_OriginFromAfterTheChallenge_IsJudgedWithTheClocksSkew(int millisecondsOver, bool holds)
    {
        var challengedAt = EvidenceScene.Start.AddMinutes(-5).AddMilliseconds(-millisecondsOver);
        var challenge = scene.Store.Issue(scene.Challenge.Statement with { Gen = challengedAt });
        var evidence = ExchangeEvidence.Verify(new ExchangeTokens { Origin = scene.Origin.Text, Challenge = challenge.Text }, scene.Keys);
        Assert.Equal(holds, evidence.Holds);
        Assert.Equal(holds, evidence.Checks.Single(check => check.Name == "nro.order").Passed);
    }

    public static TheoryData<DateTimeOffset> EndsOfTheCalendar => [DateTimeOffset.MinValue, Timestamp.Truncate(DateTimeOffset.MaxValue)];

    [Theory]
    [MemberData(nameof(EndsOfTheCalendar))]
    public void Verify_TimesAtTheEndsOfTheCalendar_DoNotHold(DateTimeOffset gen)
    {
        var challenge = scene.Store.Issue(scene.Challenge.Statement with { Gen = gen, Due = Timestamp.Truncate(DateTimeOffset.MaxValue) });
        var receipt = scene.Bob.Issue(Statements.Receipt(EvidenceScene.NewId(), challenge, gen, KeyHolder.Self));
        var release = scene.Store.Issue(Statements.Release(EvidenceScene.NewId(), receipt, gen));
        ExchangeTokens[] bundles =
        [
            Completed with
            {
                Origin = scene.Alice.Issue(scene.OriginStatement with { Gen = gen }).Text,
            },
            Completed with
            {
                Challenge = challenge.Text,
                Receipt = receipt.Text,
                Release = release.Text,
            },
            new() { Challenge = challenge.Text },
        ];
        Assert.All(bundles, bundle => Assert.False(ExchangeEvidence.Verify(bundle, scene.Keys).Holds));
    }

    [Fact]
    public void Verify_ReceiptFromLongBeforeTheChallenge_DoesNotHold()
    {
        var early = scene.Bob.Issue(scene.Receipt.Statement with { Gen = EvidenceScene.Start.AddMinutes(-5) });
        var release = scene.Store.Issue(Statements.Release(EvidenceScene.NewId(), early, EvidenceScene.Start.AddMinutes(3)));
        AssertFails(Completed with { Receipt = early.Text, Release = release.Text }, "nrr.time");
    }

    public static TheoryData<string, string, string> Parties =>
        new()
        {
            { "alice", "alice", "store" },
            { "store", "bob", "store" },
            { "alice", "store", "store" },
            { "alice", "bob", "alice" },
        };

    [Theory]
    [MemberData(nameof(Parties))]
    public void Verify_PartiesThatAreNotThree_DoNotHold(string uploader, string downloader, string store)
    {
        var challenge = scene.Store.Issue(
            scene.Challenge.Statement with
            {
                Origin = IdOf(uploader),
                Recipients = [IdOf(downloader)],
                Store = IdOf(store),
            }
        );
        AssertFails(new ExchangeTokens { Challenge = challenge.Text }, "exchange.parties");
    }

    [Fact]
    public void Checks_ThatFail_SayWhyAsAProblemDoes()
    {
        var origin = scene.Alice.Issue(scene.OriginStatement with { Recipients = [scene.Mallory.Id] });
        var checks = ExchangeEvidence.Verify(Completed with { Origin = origin.Text }, scene.Keys).Checks;
        Assert.Equal("statement-mismatch:nro.audience", checks.Single(check => check.Name == "nro.audience").Refusal!.Code);
        Assert.All(checks, check => Assert.Equal(check.Passed, check.Refusal is null));
    }

    [Fact]
    public void Verify_TokenInAnothersPlace_DoesNotHold() => AssertFails(Completed with { Receipt = scene.Refusal.Text }, "nrr.form");

    [Fact]
    public void Verify_DownloaderOutsideTheAudience_DoesNotHold()
    {
        var origin = scene.Alice.Issue(scene.OriginStatement with { Recipients = [scene.Mallory.Id] });
        AssertFails(Completed with { Origin = origin.Text }, "nro.audience");
    }

    [Fact]
    public void Verify_KeyRetiredBeforeTheReceiptWasTaken_DoesNotHold()
    {
        var keys = scene.Keys.Select(key => key == scene.Bob.PartyKey ? key with { RetiredAt = EvidenceScene.Start.AddMinutes(3) } : key);
        var failed = Assert.Single(ExchangeEvidence.Verify(Completed, keys).Checks, check => !check.Passed);
        Assert.Equal("nrr.key", failed.Name);
    }

    [Fact]
    public void Verify_KeyRetiredLater_StillHolds()
    {
        var keys = scene.Keys.Select(key => key with { RetiredAt = EvidenceScene.Start.AddMinutes(10) });
        Assert.True(ExchangeEvidence.Verify(Completed, keys).Holds);
    }

    [Fact]
    public void Verify_WithoutKeys_FailsEverySignatureAndStillSaysWhatItSaw()
    {
        var evidence = ExchangeEvidence.Verify(Completed, []);
        Assert.False(evidence.Holds);
        Assert.Equal(4, evidence.Checks.Count(check => !check.Passed && check.Name.EndsWith(".signature", StringComparison.Ordinal)));
    }

    [Fact]
    public void Verify_GarbledToken_NamesTheFault()
    {
        var evidence = ExchangeEvidence.Verify(Completed with { Challenge = "x.y.z" }, scene.Keys);
        Assert.Contains(
            evidence.Checks,
            check =>
                check is { Name: "challenge.form", Passed: false } && check.Detail.StartsWith("malformed-jws", StringComparison.Ordinal)
        );
    }

    private PartyId IdOf(string name) =>
        name switch
        {
            "alice" => scene.Alice.Id,
            "bob" => scene.Bob.Id,
            _ => scene.Store.Id,
        };

    private void AssertEnding(EvidenceToken record, EvidenceToken? refusal, ExchangeState state)
    {
        var bundle = new ExchangeTokens
        {
            Challenge = scene.Challenge.Text,
            Record = record.Text,
            Refusal = refusal?.Text,
        };
        var evidence = ExchangeEvidence.Verify(bundle, scene.Keys);
        Assert.All(evidence.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(state, evidence.State);
    }

    private void AssertFails(ExchangeTokens bundle, string name)
    {
        var evidence = ExchangeEvidence.Verify(bundle, scene.Keys);
        Assert.Contains(evidence.Checks, check => check.Name == name && !check.Passed);
        Assert.False(evidence.Holds);
    }
}
