using FairShare.Client.Evidence;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Log.Proofs;

namespace FairShare.Client.Log.Disputes;

/// <summary>What one side of a dispute presents.</summary>
/// <param name="Name">What the claim is called, for people.</param>
/// <param name="Tokens">The tokens of one exchange.</param>
/// <param name="Keys">The keys that come with them.</param>
/// <param name="Proofs">The proofs that come with them.</param>
public sealed record Claim(string Name, ExchangeTokens Tokens, IReadOnlyList<PartyKey> Keys, IReadOnlyList<LogProof> Proofs)
{
    /// <summary>Every token that has the form of one.</summary>
    public IReadOnlyList<EvidenceToken> ReadableTokens =>
        [
            .. new[] { Tokens.Origin, Tokens.Challenge, Tokens.Receipt, Tokens.Release, Tokens.Refusal, Tokens.Record }
                .OfType<string>()
                .Select(text => EvidenceToken.TryParse(text, out var token, out _) ? token : null)
                .OfType<EvidenceToken>(),
        ];

    /// <summary>Reads a folder of evidence, with the <c>.tlog-proof</c> files that are in it.</summary>
    /// <exception cref="FileNotFoundException">There is no evidence of an exchange.</exception>
    /// <exception cref="InvalidDataException">The keys are missing, or are none.</exception>
    /// <exception cref="ProtocolException"><c>invalid-proof</c>.</exception>
    public static Claim Read(string path)
    {
        var folder = new EvidenceFolder(path);
        var (tokens, keys) = (folder.Read(), folder.ReadKeys());
        var proofs = Directory.GetFiles(path, "*.tlog-proof").Order(StringComparer.Ordinal);
        return new Claim(path, tokens, keys, [.. proofs.Select(file => LogProof.Parse(File.ReadAllText(file)))]);
    }
}
