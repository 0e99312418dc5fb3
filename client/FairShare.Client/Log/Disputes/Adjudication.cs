using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Exchange.States;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;

namespace FairShare.Client.Log.Disputes;

/// <summary>
/// Judges what the sides of a dispute present, by signatures alone. Two tokens of the store that exclude each other tell against the store,
/// unless one of them is not in the log and the other is: then only that one counts.
/// </summary>
/// <param name="storeKeys">Thumbprints of the store's keys, known from elsewhere than the claims.</param>
/// <param name="logKey">The log's key, known likewise; null where the log is left out.</param>
public sealed class Adjudication(IReadOnlySet<KeyId> storeKeys, NoteKey? logKey)
{
    private readonly List<string> statements = [];
    private readonly List<Contradiction> contradictions = [];
    private readonly HashSet<Sha256Digest> logged = [];
    private readonly Dictionary<Sha256Digest, EvidenceToken> believed = [];

    /// <summary>Judges claims about one exchange.</summary>
    /// <exception cref="ProtocolException"><c>no-claim</c>: there is none; <c>two-exchanges</c>: they are about several.</exception>
    public Judgement Judge(IReadOnlyList<Claim> claims)
    {
        var exchanges = claims
            .SelectMany(claim => claim.ReadableTokens)
            .Select(token => token.Statement.Exchange)
            .OfType<ExchangeId>()
            .Distinct();
        if (claims.Count == 0 || exchanges.ToList() is not { Count: <= 1 } named)
        {
            throw new ProtocolException(
                claims.Count == 0 ? "no-claim" : "two-exchanges",
                claims.Count == 0 ? "Nothing was presented." : "The claims are about different exchanges: each is a dispute of its own."
            );
        }

        CompareKeyOwners(claims, ReadCertificates(claims));
        CompareCheckpoints(claims);
        var states = claims.Select(Examine).OfType<ExchangeState>().Distinct().ToList();
        foreach (var token in believed.Values.OrderBy(token => token.Statement.Gen))
        {
            var isLogged =
                logKey is null ? ""
                : logged.Contains(token.Hash) ? ", and the log has it"
                : ", and no proof was given that the log has it";
            statements.Add($"{token.Statement.Signer} signed the {token.Kind} {token.Hash} of {Time(token)}{isLogged}.");
        }

        return new Judgement(Decide(states), named.Count > 0 ? named[0] : null, statements, contradictions);
    }

    private static string Time(EvidenceToken token) => token.Statement.Gen is { } gen ? Timestamp.Format(gen) : "no time";

    /// <summary>Verifies a claim; only one that holds adds to what is believed.</summary>
    /// <returns>How the exchange ended by it; null when it does not hold, or shows no ending.</returns>
    private ExchangeState? Examine(Claim claim)
    {
        var evidence = ExchangeEvidence.Verify(claim.Tokens, claim.BelievedKeys(storeKeys));
        if (evidence.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            contradictions.Add(
                new("claim-refused", claim.Name, false, $"What it presents does not verify: {failed.Name}: {failed.Detail}.")
            );
            return null;
        }

        foreach (var token in claim.ReadableTokens)
        {
            believed[token.Hash] = token;
            CheckProofs(claim, token);
        }

        return evidence.State == ExchangeState.AwaitingReceipt ? null : evidence.State;
    }

    private void CheckProofs(Claim claim, EvidenceToken token)
    {
        if (logKey is null)
        {
            return;
        }

        foreach (var proof in claim.Proofs)
        {
            try
            {
                proof.Verify(LogLeaf.OfToken(token.Text), logKey);
                logged.Add(token.Hash);
                return;
            }
            catch (ProtocolException)
            {
                // The proof of another token, or of none.
            }
        }
    }

    private DisputeOutcome Decide(List<ExchangeState> states)
    {
        CompareStoreTokens(EvidenceKind.ReceiptChallenge, "store-two-challenges");
        CompareStoreTokens(EvidenceKind.ReleaseRecord, "store-two-releases");
        var endings = believed
            .Values.Where(token => token.Kind is EvidenceKind.ReleaseRecord or EvidenceKind.AbortRecord or EvidenceKind.ExpiryRecord)
            .ToList();
        var counting = endings.Where(token => logged.Contains(token.Hash)).ToList() is { Count: > 0 } proven ? proven : endings;
        if (counting.Select(token => token.Kind == EvidenceKind.ReleaseRecord).Distinct().Count() > 1)
        {
            contradictions.Add(
                new("store-two-endings", "store", true, "The store signed that the exchange completed, and that it ended otherwise.")
            );
            return DisputeOutcome.StoreContradictsItself;
        }

        foreach (var token in endings.Except(counting))
        {
            contradictions.Add(
                new(
                    "not-in-log",
                    "store",
                    false,
                    $"The {token.Kind} {token.Hash} is not shown to be in the log, another ending is: it does not count."
                )
            );
        }

        return contradictions.Exists(contradiction => contradiction is { Against: "store", IsCheat: true })
                ? DisputeOutcome.StoreContradictsItself
            : counting.Count == 0 || states.Count == 0 ? DisputeOutcome.NotShown
            : counting[0].Kind == EvidenceKind.ReleaseRecord ? DisputeOutcome.TookPlace
            : DisputeOutcome.EndedOtherwise;
    }

    private void CompareStoreTokens(EvidenceKind kind, string code)
    {
        if (believed.Values.Where(token => token.Kind == kind).ToList() is { Count: > 1 } several)
        {
            contradictions.Add(new(code, "store", true, $"The store signed {several.Count} different tokens {kind} of one exchange."));
        }
    }

    private List<KeyCertificate> ReadCertificates(IReadOnlyList<Claim> claims)
    {
        var read = claims.SelectMany(claim => ClaimedKeys.Read(claim, storeKeys)).ToList();
        contradictions.AddRange(read.Select(one => one.Against).OfType<Contradiction>());
        return [.. read.Select(one => one.Certificate).OfType<KeyCertificate>().DistinctBy(one => (one.Key, one.Party))];
    }

    private void CompareKeyOwners(IReadOnlyList<Claim> claims, List<KeyCertificate> certified)
    {
        foreach (var certificate in certified)
        {
            var who = certificate.Email is { } email ? $"{certificate.Party}, verified address <{email}>" : certificate.Party.ToString();
            statements.Add($"The store certified on {Timestamp.Format(certificate.Gen)} that {certificate.Key} is the key of {who}.");
        }

        foreach (var key in certified.GroupBy(certificate => certificate.Key).Where(key => key.Count() > 1))
        {
            contradictions.Add(
                new("store-two-owners", "store", true, $"The store certified the key {key.Key} as that of {key.Count()} parties.")
            );
        }

        foreach (var key in claims.SelectMany(claim => claim.Keys).GroupBy(key => key.KeyId))
        {
            if (key.Select(one => one.Owner).Distinct().ToList() is { Count: > 1 } owners)
            {
                contradictions.Add(
                    new("key-two-owners", "a claim", false, $"The key {key.Key} is presented as that of {string.Join(" and of ", owners)}.")
                );
            }
        }
    }

    private void CompareCheckpoints(IReadOnlyList<Claim> claims)
    {
        if (logKey is null)
        {
            return;
        }

        var checkpoints = new List<Checkpoint>();
        foreach (var proof in claims.SelectMany(claim => claim.Proofs))
        {
            try
            {
                checkpoints.Add(Checkpoint.Open(proof.Note, logKey));
            }
            catch (ProtocolException fault)
            {
                contradictions.Add(new("proof-refused", "a claim", false, $"A proof's checkpoint is not the log's: {fault.Message}"));
            }
        }

        foreach (var size in checkpoints.GroupBy(checkpoint => checkpoint.Size).Where(size => size.DistinctBy(one => one.Root).Count() > 1))
        {
            contradictions.Add(new("log-fork", "store", true, $"The log signed two different checkpoints of {size.Key} leaves."));
        }
    }
}
