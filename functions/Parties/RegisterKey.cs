using FairShare.Aws.Parties;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Registers a signing key: self-held, with a proof of possession over the store's nonce; or held by the store in KMS.
/// A repeat answers with the key that is registered already; a party has one held key in use at a time.
/// </summary>
internal sealed class RegisterKey(FunctionServices services) : IRouteHandler<None, KeyRequest, KeyView>
{
    internal static readonly TimeSpan Validity = TimeSpan.FromDays(730);

    public async Task<Answer<KeyView>> HandleAsync(ApiCall<None, KeyRequest> call, CancellationToken cancellationToken)
    {
        var body = call.Request;
        var known = await services.Keys.ListAsync(call.Party, cancellationToken);
        var limits = services.LimitsOf(call);
        var certification = await KeyCertification.OfAsync(services, call, cancellationToken);
        var record = body.Kind switch
        {
            "self" => await RegisterSelfHeldAsync(call.Party, body, known, limits, certification, cancellationToken),
            "kms" when body is not { Jwk: null, Nonce: null, Proof: null } => throw CommonProblems.InvalidBody.With(
                "A key that the store holds is registered without jwk, nonce and proof."
            ),
            "kms" => await new HeldKeyRegistrar(services, limits, certification).RegisterAsync(call.Party, known, cancellationToken),
            _ => throw CommonProblems.InvalidBody.With("kind is self or kms."),
        };
        return record.ToOwnersView();
    }

    private async Task<PartyKeyRecord> RegisterSelfHeldAsync(
        PartyId party,
        KeyRequest body,
        IReadOnlyList<PartyKeyRecord> known,
        PartyLimits limits,
        KeyCertification certification,
        CancellationToken cancellationToken
    )
    {
        if (body is not { Jwk: { } jwk, Nonce: { } nonceText, Proof: { } proof })
        {
            throw CommonProblems.InvalidBody.With("A self-held key is registered with jwk, nonce and proof.");
        }

        var key = PublicKey.FromJwk(jwk.GetRawText());
        var nonce = Nonce.Parse(nonceText);
        if (KeyPossession.Verify(proof, party, nonce, key) is { } refused)
        {
            throw PartyProblems.InvalidProof.With(refused.Detail);
        }

        if (known.FirstOrDefault(record => record.Key.KeyId == key.Thumbprint) is { } registered)
        {
            return RequireInUse(registered);
        }

        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var partyKey = new PartyKey(party, key.Thumbprint, key, KeyHolder.Self, now, now + Validity);
        await limits.CountCallAsync(cancellationToken);
        var certified = await certification.CertifyAsync(new PartyKeyRecord(partyKey, null), proof, cancellationToken);
        return await services.Keys.TryRegisterAsync(certified, nonce, now, cancellationToken)
            ? certified
            : await ExplainAsync(partyKey, cancellationToken);
    }

    private PartyKeyRecord RequireInUse(PartyKeyRecord registered) =>
        registered.IsInUse(services.Time.GetUtcNow())
            ? registered
            : throw PartyProblems.KeyRetired.With("You have retired this key, or its time is over; register another one.");

    /// <summary>Why a key could not be registered: it is another's, a repeat was faster, or the nonce will not do.</summary>
    private async Task<PartyKeyRecord> ExplainAsync(PartyKey key, CancellationToken cancellationToken)
    {
        var owner = await services.Keys.FindOwnerAsync(key.KeyId, cancellationToken);
        return owner is null ? throw CommonProblems.WrongNonce.With("The nonce was not given to you, is used, or has expired.")
            : owner == key.Owner
            && (await services.Keys.ListAsync(key.Owner, cancellationToken)).FirstOrDefault(record => record.Key.KeyId == key.KeyId)
                is { } registered
                ? RequireInUse(registered)
            : throw PartyProblems.KeyAlreadyRegistered.With("Another party has registered this key; make a key of your own.");
    }
}
