using FairShare.Client.Evidence;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>Verifies the tokens of an exchange with the keys that they need, and keeps both.</summary>
internal sealed class BundleVerification(FairShareClient client)
{
    /// <exception cref="EvidenceProblem">A check failed; the evidence is kept all the same.</exception>
    public async Task<VerifiedEvidence> RunAsync(ExchangeTokens bundle, EvidenceFolder folder, CancellationToken cancellationToken)
    {
        var tokens = new[] { bundle.Origin, bundle.Challenge, bundle.Receipt, bundle.Release, bundle.Refusal, bundle.Record }
            .OfType<string>()
            .Select(text => EvidenceToken.TryParse(text, out var token, out _) ? token : null)
            .OfType<EvidenceToken>()
            .ToList();
        foreach (var token in tokens.Where(token => token.Kind.Signer() != EvidenceSigner.Store))
        {
            await client.Directory.EnsureAsync(token.Statement.Signer, token.KeyId, cancellationToken).ConfigureAwait(false);
        }

        var keyIds = tokens.Select(token => token.KeyId).Distinct().ToList();
        folder.Write(bundle, client.Directory.Describe(keyIds));
        var evidence = ExchangeEvidence.Verify(bundle, keyIds.Select(client.Directory.Find).OfType<PartyKey>());
        return evidence.Checks.FirstOrDefault(check => !check.Passed) is { } failed
            ? throw new EvidenceProblem(
                failed.Name,
                $"The evidence in {folder.Path} does not verify: {failed.Name}: {failed.Detail}",
                bundle.Challenge
            )
            : new VerifiedEvidence(bundle, evidence, folder, keyIds);
    }
}
