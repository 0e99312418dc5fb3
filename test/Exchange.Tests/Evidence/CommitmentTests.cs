using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>Policy 2: before a receipt the digest is committed to, not stated; and every verifier recomputes the commitment.</summary>
public class CommitmentTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public void Commit_KnownSaltAndDigest_IsTheHmacThatOpensslMakes()
    {
        // Key and message of 32 octets each; the expected value is openssl's: dgst -sha256 -mac HMAC -macopt hexkey:...
        var salt = DocumentSalt.Parse(
            Base64UrlText.Encode(Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"))
        );
        var digest = Sha256Digest.FromBytes(Convert.FromHexString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        Assert.Equal("1DqyaKzoSJfHw424mM66hGDDDAYfUqLqTFFDZ-2F9vo", Base64UrlText.Encode(salt.Commit(digest).Value.ToBytes()));
    }

    [Fact]
    public void Tokens_BeforeAndAfterTheReceipt_StateNoDigest()
    {
        foreach (var token in new[] { scene.Challenge, scene.Receipt, scene.Refusal, scene.Release })
        {
            Assert.Null(token.Statement.Document.Digest);
            Assert.DoesNotContain(scene.Document.RequireDigest().Value.ToString(), Payload(token).ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(
                scene.Origin.Statement.Salt!.Value.Commit(scene.Document.RequireDigest().Value),
                token.Statement.Document.Commitment
            );
        }
    }

    [Fact]
    public void Challenge_OfADisclosingOrigin_StatesTheDigestBesideTheCommitment()
    {
        var origin = scene.Alice.Issue(scene.OriginStatement with { DisclosesDigest = true });
        var challenge = Statements.ReceiptChallenge(
            EvidenceScene.NewId(),
            origin,
            scene.Bob.Id,
            ExchangeId.New(new SystemRandomness()),
            EvidenceScene.NewNonce(),
            EvidenceScene.Start,
            scene.Due
        );
        Assert.Equal(scene.Document.Digest, challenge.Document.Digest);
        Assert.NotNull(challenge.Document.Commitment);
    }

    [Fact]
    public void Verify_ChallengeThatCommitsToAnotherDigest_DoesNotHold()
    {
        var other = scene.Alice.Issue(scene.OriginStatement with { Salt = DocumentSalt.New(new SystemRandomness()) });
        var bundle = new ExchangeTokens { Origin = other.Text, Challenge = scene.Challenge.Text };
        var failed = ExchangeEvidence.Verify(bundle, scene.Keys).Checks.First(check => !check.Passed);
        Assert.Equal(("challenge.statement", "doc.commitment"), (failed.Name, failed.Refusal?.Member));
    }

    [Fact]
    public void Verify_ChallengeThatDisclosesUnasked_DoesNotHold()
    {
        var stated = scene.Challenge.Statement;
        var disclosing = scene.Store.Issue(
            stated with
            {
                Document = scene.Document.Commit(scene.Origin.Statement.Salt!.Value, disclosesDigest: true),
            }
        );
        var bundle = new ExchangeTokens { Origin = scene.Origin.Text, Challenge = disclosing.Text };
        var failed = ExchangeEvidence.Verify(bundle, scene.Keys).Checks.Single(check => !check.Passed);
        Assert.Equal(("challenge.statement", "doc.digest"), (failed.Name, failed.Refusal?.Member));
    }

    [Fact]
    public void Issue_ChallengeWithoutACommitment_IsRefused() =>
        Assert.Equal("missing-member:doc.commitment", Refused(scene.Challenge.Statement with { Document = scene.Document }));

    [Fact]
    public void Issue_OriginWithACommitment_IsRefused() =>
        Assert.Equal("missing-member:doc.digest", Refused(scene.OriginStatement with { Document = scene.Challenge.Statement.Document }));

    [Fact]
    public void Issue_SaltOutsideTheOrigin_IsRefused() =>
        Assert.Equal("unknown-member:salt", Refused(scene.Challenge.Statement with { Salt = scene.Origin.Statement.Salt }));

    [Fact]
    public void Verify_EvidenceOfTheOldPolicy_StillHolds()
    {
        var bundle = OldExchange(out _);
        var evidence = ExchangeEvidence.Verify(bundle, scene.Keys);
        Assert.True(evidence.Holds, string.Join('\n', evidence.Checks.Where(check => !check.Passed)));
        Assert.Equal(scene.Document.Digest, evidence.Document!.Digest);
    }

    [Fact]
    public void Verify_EvidenceOfTwoPolicies_DoesNotHold()
    {
        var bundle = OldExchange(out var challenge) with { Release = null };
        var committed = scene.Bob.Issue(
            Statements.Receipt(EvidenceScene.NewId(), challenge, EvidenceScene.Start.AddMinutes(2), KeyHolder.Self) with
            {
                Policy = EvidencePolicy.Committing,
                Document = scene.Document.Commit(DocumentSalt.New(new SystemRandomness()), disclosesDigest: true),
            }
        );
        var release = scene.Store.Issue(Statements.Release(EvidenceScene.NewId(), committed, EvidenceScene.Start.AddMinutes(3)));
        var mixed = bundle with { Receipt = committed.Text, Release = release.Text };
        var failed = ExchangeEvidence.Verify(mixed, scene.Keys).Checks.First(check => !check.Passed);
        Assert.Equal(("nrr.statement", "pol"), (failed.Name, failed.Refusal?.Member));
    }

    private ExchangeTokens OldExchange(out EvidenceToken challenge)
    {
        var origin = scene.Alice.Issue(scene.OldOriginStatement);
        var exchange = ExchangeId.New(new SystemRandomness());
        challenge = scene.Store.Issue(
            Statements.ReceiptChallenge(
                EvidenceScene.NewId(),
                origin,
                scene.Bob.Id,
                exchange,
                EvidenceScene.NewNonce(),
                EvidenceScene.Start.AddMinutes(1),
                scene.Due
            )
        );
        var receipt = scene.Bob.Issue(
            Statements.Receipt(EvidenceScene.NewId(), challenge, EvidenceScene.Start.AddMinutes(2), KeyHolder.Self)
        );
        var release = scene.Store.Issue(Statements.Release(EvidenceScene.NewId(), receipt, EvidenceScene.Start.AddMinutes(3)));
        return new ExchangeTokens
        {
            Origin = origin.Text,
            Challenge = challenge.Text,
            Receipt = receipt.Text,
            Release = release.Text,
        };
    }

    private string Refused(EvidenceStatement statement) =>
        Assert.IsType<TokenException>(Assert.Throws<AggregateException>(() => scene.Store.Issue(statement)).InnerException).Code;

    private static JsonObject Payload(EvidenceToken token)
    {
        Base64UrlText.TryDecode(token.Text.Split('.')[1], out var payload);
        return JsonNode.Parse(payload)!.AsObject();
    }
}
