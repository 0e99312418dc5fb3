using System.Security.Cryptography;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Backup.Tests.Records;

/// <summary>A key pair of a test.</summary>
internal sealed class RecordSigner : ITokenSigner, IDisposable
{
    private readonly ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PublicKey Key => PublicKey.Of(pair);

    public KeyId KeyId => Key.Thumbprint;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            pair.SignData(signingInput.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        );

    public void Dispose() => pair.Dispose();
}
