using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Parties;

/// <summary>A key that the service's KMS holds for the party; each signature is an authorised, audited call.</summary>
public sealed class HeldKeySigner(FairShareApi api, KeyId keyId) : IPartySigner
{
    /// <inheritdoc/>
    public KeyId KeyId { get; } = keyId;

    /// <inheritdoc/>
    public KeyHolder Holder => KeyHolder.Kms;

    /// <inheritdoc/>
    /// <exception cref="FairShareProblem">The service refused, or answered with a signature over something else.</exception>
    public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        var input = System.Text.Encoding.ASCII.GetString(signingInput.Span);
        var request = new SignatureRequest(input);
        var answer = await api.CallAsync(PartyRoutes.SignWithHeldKey, KeyId, request, cancellationToken).ConfigureAwait(false);
        var parts = answer.Signature.Split('.');
        return
            parts.Length == 3
            && $"{parts[0]}.{parts[1]}" == input
            && Base64UrlText.TryDecode(parts[2], EcdsaSignatureFormat.Length, out var signature)
            ? signature
            : throw new FairShareProblem("unexpected-answer", 200, "The service signed something else than was asked.");
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
