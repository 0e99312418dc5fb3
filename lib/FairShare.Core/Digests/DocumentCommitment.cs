namespace FairShare.Core.Digests;

/// <summary>
/// What stands for a document's digest until the receipt is given; made by <see cref="DocumentSalt.Commit"/>, equal by value.
/// </summary>
/// <param name="Value">The 32 bytes of the HMAC; on the wire 43 characters of base64url.</param>
public readonly record struct DocumentCommitment(Sha256Digest Value)
{
    /// <summary>Reads 43 characters of base64url.</summary>
    /// <exception cref="Errors.ProtocolException"><c>invalid-digest</c>.</exception>
    public static DocumentCommitment Parse(string text) => new(Sha256Digest.Parse(text));

    /// <summary>43 characters of base64url.</summary>
    public override string ToString() => Value.ToString();
}
