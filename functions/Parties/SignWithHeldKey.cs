using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Signs evidence with a key that the store holds for the caller. It signs nothing but well-formed evidence of the caller's own,
/// under the caller's own key, that says that the store holds it.
/// </summary>
internal sealed class SignWithHeldKey(FunctionServices services) : IRouteHandler<KeyId, SignatureRequest, SignatureAnswer>
{
    // A signature that is never used but lets the strict reader see the whole token.
    private static readonly string Placeholder = Base64UrlText.Encode(new byte[EcdsaSignatureFormat.Length]);

    public async Task<Answer<SignatureAnswer>> HandleAsync(ApiCall<KeyId, SignatureRequest> call, CancellationToken cancellationToken)
    {
        var body = call.Request;
        services.RequireHeldKeys();
        var record = await services.Keys.FindAsync(call.Party, call.Subject, cancellationToken);
        if (
            record is not { CmkId: { } cmkId, Key: var key }
            || !record.IsInUse(services.Time.GetUtcNow())
            || await services.Keys.FindOwnerAsync(key.KeyId, cancellationToken) != call.Party
        )
        {
            throw PartyProblems.KeyNotFound.With("You have no valid key of this id that the store holds.");
        }

        RequireOwnEvidence(body.SigningInput, call, key);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var octets = System.Text.Encoding.ASCII.GetBytes(body.SigningInput);
        var signature =
            await services.Wait.UntilAsync(
                () => services.HeldKeys.TrySignAsync(cmkId, key.Key, octets, cancellationToken),
                signed => signed is not null,
                cancellationToken
            ) ?? throw CommonProblems.Busy.With("KMS does not let anybody use the new key yet; repeat the request in a minute.");
        return new SignatureAnswer($"{body.SigningInput}.{Base64UrlText.Encode(signature)}");
    }

    private static void RequireOwnEvidence(string signingInput, ApiCall<KeyId, SignatureRequest> call, PartyKey key)
    {
        var token = EvidenceToken.Parse($"{signingInput}.{Placeholder}");
        if (token.Kind.Signer() == EvidenceSigner.Store || token.Statement.Signer != call.Party)
        {
            throw PartyProblems.InvalidSigningInput.With("The evidence is not one that you sign.");
        }

        if (token.KeyId != key.KeyId || token.Statement.Hold != KeyHolder.Kms)
        {
            throw PartyProblems.InvalidSigningInput.With("The evidence names another key, or does not say that the store holds it.");
        }
    }
}
