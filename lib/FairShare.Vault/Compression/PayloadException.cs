using FairShare.Core.Errors;

namespace FairShare.Vault.Compression;

/// <summary>
/// A payload that cannot be decompressed: <c>vault-payload-malformed</c>, or <c>vault-payload-too-large</c> where it expands over the
/// limit.
/// </summary>
/// <param name="code">The stable code.</param>
/// <param name="message">One sentence for people.</param>
public sealed class PayloadException(string code, string message) : ProtocolException(code, message);
