using FairShare.Aws.Parties;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.KeyRecords;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Seals the certificate of a key that is being registered; it tells of its party what the party lets it tell, and no more.
/// </summary>
internal sealed class KeyCertification(FunctionServices services, EmailAddress? email, DocumentName? name)
{
    /// <summary>Reads what the certificate shall tell.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>no-verified-address</c>; <c>invalid-name</c>; <c>busy</c>: the user pool does not
    /// answer.</exception>
    public static async Task<KeyCertification> OfAsync(
        FunctionServices services,
        ApiCall<None, KeyRequest> call,
        CancellationToken cancellationToken
    )
    {
        DocumentName? name = call.Request.Name is { } called ? DocumentName.Parse(called) : null;
        var email = call.Request.DiscloseEmail is true ? await services.RequireAddressAsync(call, cancellationToken) : (EmailAddress?)null;
        return new(services, email, name);
    }

    /// <summary>Seals it.</summary>
    /// <param name="record">The key.</param>
    /// <param name="proof">The proof of possession; null for a key that the store holds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PartyKeyRecord> CertifyAsync(PartyKeyRecord record, string? proof, CancellationToken cancellationToken)
    {
        var key = record.Key;
        var certificate = new KeyCertificate
        {
            Id = EvidenceId.New(services.Randomness),
            Store = services.Store,
            Party = key.Owner,
            Key = key.KeyId,
            Email = email,
            Name = name,
            Holder = key.Holder,
            Proof = proof,
            NotBefore = key.NotBefore,
            NotAfter = key.NotAfter,
            Gen = services.Time.GetUtcNow(),
        };
        return record with { Certificate = (await services.Seal.SealAsync(certificate, cancellationToken)).Text };
    }
}
