using FairShare.Client.Evidence;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Client.Exchanges;

/// <summary>Verifies the tokens of an exchange with the keys that they need, and keeps both.</summary>
internal sealed class BundleVerification(FairShareClient client)
{
    /// <exception cref="EvidenceProblem">A check failed; the evidence is kept all the same.</exception>
    public async Task<VerifiedEvidence> RunAsync(ExchangeBundle bundle, EvidenceFolder folder, CancellationToken cancellationToken)
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

        folder.Write(bundle, client.Directory.Describe(tokens.Select(token => token.KeyId)));
        var evidence = ExchangeEvidence.Verify(bundle, Keys(tokens.Select(token => token.KeyId)));
        return evidence.Checks.FirstOrDefault(check => !check.Passed) is { } failed
            ? throw new EvidenceProblem(failed.Name, $"The evidence in {folder.Path} does not verify: {failed.Name}: {failed.Detail}", bundle.Challenge)
            : new VerifiedEvidence(bundle, evidence, folder);
    }

    private IEnumerable<PartyKey> Keys(IEnumerable<KeyId> ids) => ids.Select(client.Directory.Find).OfType<PartyKey>();
}
