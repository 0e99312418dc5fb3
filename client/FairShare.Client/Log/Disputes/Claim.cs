using FairShare.Client.Bundles;
using FairShare.Client.Evidence;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Log.Proofs;

namespace FairShare.Client.Log.Disputes;

/// <summary>What one side of a dispute presents.</summary>
/// <param name="Name">What the claim is called, for people.</param>
/// <param name="Tokens">The tokens of one exchange.</param>
/// <param name="Views">The keys that come with them, and what the store sealed about them.</param>
/// <param name="Proofs">The proofs that come with them.</param>
public sealed record Claim(string Name, ExchangeTokens Tokens, IReadOnlyList<KeyView> Views, IReadOnlyList<LogProof> Proofs)
{
    /// <summary>What the store stated of its own keys; nothing by default.</summary>
    public IReadOnlyList<string> Successions { get; init; } = [];

    /// <summary>The keys that come with the tokens.</summary>
    public IReadOnlyList<PartyKey> Keys => [.. Views.Select(view => view.ToPartyKey())];

    /// <summary>
    /// The keys that are believed: those of parties, and of the store's those that are known or to which its successions lead from one that
    /// is, with the time in which they may be used.
    /// </summary>
    /// <param name="storeKeys">Thumbprints of the store's keys, known from elsewhere.</param>
    public IReadOnlyList<PartyKey> BelievedKeys(IReadOnlySet<KeyId> storeKeys)
    {
        var history = KeyHistory.Verify(Successions, Keys);
        var believed = history.Reach(storeKeys);
        return [.. history.Keys.Where(key => !key.Owner.IsStore || believed.Contains(key.KeyId))];
    }

    /// <summary>Every token that has the form of one.</summary>
    public IReadOnlyList<EvidenceToken> ReadableTokens =>
        [
            .. new[] { Tokens.Origin, Tokens.Challenge, Tokens.Receipt, Tokens.Release, Tokens.Refusal, Tokens.Record }
                .OfType<string>()
                .Select(text => EvidenceToken.TryParse(text, out var token, out _) ? token : null)
                .OfType<EvidenceToken>(),
        ];

    /// <summary>Reads a bundle, or a folder of evidence with the <c>.tlog-proof</c> files that are in it.</summary>
    /// <exception cref="FileNotFoundException">There is no evidence of an exchange.</exception>
    /// <exception cref="InvalidDataException">The bundle is none; the keys are missing, or are none.</exception>
    /// <exception cref="ProtocolException"><c>invalid-proof</c>.</exception>
    public static async Task<Claim> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return ReadFolder(path);
        }

        var bundle = await new EvidenceBundle(path).ReadContentsAsync(cancellationToken).ConfigureAwait(false);
        return new Claim(path, bundle.Tokens, bundle.Keys, bundle.Proofs) { Successions = bundle.Successions };
    }

    private static Claim ReadFolder(string path)
    {
        var folder = new EvidenceFolder(path);
        var (tokens, keys) = (folder.Read(), folder.ReadViews());
        var proofs = Directory.GetFiles(path, "*.tlog-proof").Order(StringComparer.Ordinal);
        return new Claim(path, tokens, keys, [.. proofs.Select(file => LogProof.Parse(File.ReadAllText(file)))])
        {
            Successions = folder.ReadSuccessions(),
        };
    }
}
