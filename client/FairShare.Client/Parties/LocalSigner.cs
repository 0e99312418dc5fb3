using System.Security.Cryptography;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Client.Parties;

/// <summary>A party's signing key, wherever its private half is.</summary>
public interface IPartySigner : ITokenSigner, IDisposable
{
    /// <summary>Who holds the private half; evidence says so.</summary>
    KeyHolder Holder { get; }
}

/// <summary>A key pair in this process.</summary>
public sealed class LocalSigner : IPartySigner
{
    private readonly ECDsa pair;

    /// <summary>Takes a P-256 key pair over; disposed with this.</summary>
    public LocalSigner(ECDsa pair)
    {
        this.pair = pair;
        PublicKey = PublicKey.Of(pair);
    }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <inheritdoc/>
    public KeyId KeyId => PublicKey.Thumbprint;

    /// <inheritdoc/>
    public KeyHolder Holder => KeyHolder.Self;

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            pair.SignData(signingInput.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        );

    /// <inheritdoc/>
    public void Dispose() => pair.Dispose();

    internal string ExportEncrypted(string passphrase, PbeParameters protection) =>
        pair.ExportEncryptedPkcs8PrivateKeyPem(passphrase, protection);
}
