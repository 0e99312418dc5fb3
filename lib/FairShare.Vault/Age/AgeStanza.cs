namespace FairShare.Vault.Age;

/// <summary>A recipient stanza of an age header: its type, what follows the type on the first line, and its body.</summary>
internal sealed record AgeStanza(string Type, IReadOnlyList<string> Arguments, byte[] Body);
