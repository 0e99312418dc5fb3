using System.Security.Cryptography;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Testing;

/// <summary>A key pair in memory.</summary>
public sealed class TestSigner : IEvidenceSigner, IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestSigner() => Public = PublicKey.Of(key);

    public PublicKey Public { get; }

    public KeyId KeyId => Public.Thumbprint;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
        ValueTask.FromResult(key.SignData(signingInput.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public void Dispose() => key.Dispose();
}
