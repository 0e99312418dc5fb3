using System.Security.Cryptography;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using TemplateHost.Testing;

namespace FairShare.Testing;

/// <summary>A key pair in memory.</summary>
public sealed class TestSigner : ITokenSigner, IDisposable
{
    private readonly byte[] secret;
    private readonly ECDsa key;

    /// <param name="randomness">Where the key comes from; the system's by default.</param>
    public TestSigner(IRandomness? randomness = null)
    {
        var octets = new byte[40];
        (randomness ?? new SystemRandomness()).Fill(octets);
        secret = DeterministicKeys.SecretFrom(octets);
        key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        Public = PublicKey.Of(key);
    }

    public PublicKey Public { get; }

    public KeyId KeyId => Public.Thumbprint;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DeterministicKeys.Sign(secret, SHA256.HashData(signingInput.Span)));

    public void Dispose() => key.Dispose();
}
