using FairShare.Core.Digests;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;

namespace FairShare.Vault.Transfer;

/// <summary>
/// Everything that it takes to go on with an upload. It is secret as a whole, and stored only under <see cref="UploadStateFile"/>'s key.
/// </summary>
/// <param name="Code">The item's code.</param>
/// <param name="Envelope">Header, nonce and file key of the object.</param>
/// <param name="Compression">How the content is compressed.</param>
/// <param name="PartSize">Bytes of every part but the last.</param>
/// <param name="PartDigests">
/// Digests of the parts that were, or were about to be, sent: in order, each recorded before its part left.
/// </param>
public sealed record UploadState(
    VaultCode Code,
    AgeEnvelope Envelope,
    VaultCompression Compression,
    int PartSize,
    IReadOnlyList<Sha256Digest> PartDigests
) : IDisposable
{
    /// <summary>What the uploader wants to know again when it goes on; kept as it is. Default: nothing.</summary>
    public byte[] Note { get; init; } = [];

    /// <summary>The state of an upload that has not begun.</summary>
    public static UploadState New(VaultCode code, AgeEnvelope envelope, VaultCompression compression, int partSize) =>
        new(code, envelope, compression, partSize, []);

    /// <summary>Never the state: it must not end up in a log.</summary>
    public override string ToString() => "(upload state)";

    /// <summary>Zeroes secret and file key.</summary>
    public void Dispose()
    {
        Code.Secret.Dispose();
        Envelope.Dispose();
    }
}
