using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Exchange.States;

namespace FairShare.Client.Evidence;

/// <summary>The tokens of an exchange, or of a deposit, with the keys that came with them, wherever both lie.</summary>
/// <param name="tokens">The tokens by the names of <see cref="Names"/>; white space around each is ignored.</param>
/// <param name="views">The keys, each once, with what the store sealed about them.</param>
/// <param name="successions">What the store stated of its own keys, where it has had several; null for nothing.</param>
internal sealed class EvidenceSet(
    IReadOnlyDictionary<string, string> tokens,
    IReadOnlyList<KeyView> views,
    IReadOnlyList<string>? successions = null
)
{
    private static readonly string[] OfExchanges = ["nrr", "release", "refusal"];
    private static readonly string[] OfStores = ["challenge", "release", "record", "receipt"];

    /// <summary>The store's keys one after the other.</summary>
    public KeyHistory History { get; } = KeyHistory.Verify(successions ?? [], [.. views.Select(KeyViews.ToPartyKey)]);

    /// <summary>The short names of all tokens.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nro", "challenge", "nrr", "release", "refusal", "record", "receipt"];

    /// <summary>The tokens of an exchange by their names.</summary>
    public static IReadOnlyDictionary<string, string> ByName(ExchangeTokens tokens)
    {
        (string Name, string? Text)[] all =
        [
            ("nro", tokens.Origin),
            ("challenge", tokens.Challenge),
            ("nrr", tokens.Receipt),
            ("release", tokens.Release),
            ("refusal", tokens.Refusal),
            ("record", tokens.Record),
        ];
        return all.Where(token => token.Text is not null).ToDictionary(token => token.Name, token => token.Text!);
    }

    /// <summary>Verifies every token: whoever reads the verdict takes it to speak of all of them.</summary>
    /// <param name="anchors">Whose keys are believed, learnt from elsewhere.</param>
    public FolderVerdict Verify(IReadOnlyList<StoreAnchor> anchors)
    {
        var found = tokens.ContainsKey("receipt") && !tokens.ContainsKey("challenge") ? CheckDeposit() : CheckExchange();
        var checks = new List<EvidenceCheck>([.. found.Checks, .. views.SelectMany(CheckKey), .. History.Checks]);
        var anchor = found.Statement is { } statement ? CheckStore(statement.Store, anchors, checks) : null;
        return found with { Checks = checks, Anchor = anchor };
    }

    private string? Find(string name) => tokens.GetValueOrDefault(name);

    private IEnumerable<EvidenceCheck> CheckKey(KeyView view)
    {
        var key = view.ToPartyKey();
        IReadOnlyList<EvidenceCheck> certificate = view.Certificate is { } text
            ? KeyRecordChecks.OfCertificate(text, key, History.Keys)
            : [];
        IReadOnlyList<EvidenceCheck> retirement = view.Retirement is { } record
            ? KeyRecordChecks.OfRetirement(record, key, History.Keys)
            : [];
        return certificate.Concat(retirement);
    }

    private FolderVerdict CheckExchange()
    {
        var evidence = ExchangeEvidence.Verify(
            new ExchangeTokens
            {
                Origin = Find("nro"),
                Challenge = Find("challenge") ?? "",
                Receipt = Find("nrr"),
                Release = Find("release"),
                Refusal = Find("refusal"),
                Record = Find("record"),
            },
            History.Keys
        );
        var deposit = Find("receipt") is { } receipt
            ? DepositEvidence
                .Verify(Find("nro"), receipt, null, History.Keys)
                .Checks.Where(check => !check.Passed || check.Name.StartsWith("receipt.", StringComparison.Ordinal))
            : [];
        return new FolderVerdict(evidence.State.ToString(), evidence.Statement, evidence.Document, [.. evidence.Checks, .. deposit], null);
    }

    private FolderVerdict CheckDeposit()
    {
        var (checks, statement) = DepositEvidence.Verify(Find("nro"), Find("receipt"), Find("record"), History.Keys);
        var strange = OfExchanges
            .Where(tokens.ContainsKey)
            .Select(name => new EvidenceCheck($"{name}.place", false, "a token of an exchange, whose challenge is missing"));
        var state = tokens.ContainsKey("record") ? DocumentState.Withdrawn : DocumentState.Deposited;
        return new FolderVerdict(state.ToString(), statement, statement?.Document, [.. checks, .. strange], null);
    }

    // Every seal must be the anchor's: the first token's alone would leave room for a forged release.
    private StoreAnchor? CheckStore(PartyId store, IReadOnlyList<StoreAnchor> anchors, List<EvidenceCheck> checks)
    {
        var candidates = anchors.Where(anchor => anchor.IsFor(store)).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var sealing = OfStores.Select(name => EvidenceToken.TryParse(Find(name)?.Trim() ?? "", out var token, out _) ? token : null);
        StoreAnchor? believed = null;
        var sealedBy = sealing.OfType<EvidenceToken>().Select(token => token.KeyId).Concat(views.SelectMany(KeyViews.SealingKeys));
        foreach (var key in sealedBy.Distinct())
        {
            var vouching = candidates.Find(anchor => anchor.Keys.Contains(key)) ?? candidates.Find(anchor => Known(anchor, key).Any());
            believed ??= vouching;
            var detail =
                vouching is null
                    ? $"sealed with {key}, which is not the key {string.Join(", or ", candidates.Select(anchor => anchor.Source))}"
                : vouching.Keys.Contains(key) ? $"{key}, {vouching.Source}"
                : $"{key}, of one history with {Known(vouching, key).First()}, {vouching.Source}";
            checks.Add(new EvidenceCheck("store.key", vouching is not null, detail));
        }

        return believed ?? candidates[0];
    }

    private IEnumerable<KeyId> Known(StoreAnchor anchor, KeyId key) => anchor.Keys.Where(known => History.Leads(known, key));
}
