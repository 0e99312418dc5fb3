using FairShare.Core.Digests;
using FairShare.Vault.Streams;

namespace FairShare.Client.Vault.Items;

/// <summary>A stream whose end is only reached if everything before it has the expected digest.</summary>
/// <param name="source">Left open.</param>
/// <param name="hasher">Hashes in the digest's form.</param>
/// <param name="expected">The digest.</param>
internal sealed class HashedStream(Stream source, DocumentHasher hasher, DocumentDigest expected) : ReadOnlyStream
{
    /// <inheritdoc/>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.OtherObject"/>.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        if (read > 0)
        {
            hasher.Append(buffer[..read]);
        }
        else if (buffer.Length > 0 && hasher.Finish() != expected)
        {
            throw new VaultProblem(VaultProblem.OtherObject, "The object is not the one of the digest that the service gives.");
        }

        return read;
    }
}
