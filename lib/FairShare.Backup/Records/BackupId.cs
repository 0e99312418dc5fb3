using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>Names a backup, chosen by its owner; 128 random bits as 22 characters of base64url.</summary>
public readonly record struct BackupId : IIdentifier<BackupId>
{
    private readonly string? text;

    private BackupId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-backup-id</c>.</exception>
    public static BackupId Parse(string text) =>
        RandomText.IsValid(text) ? new(text) : throw RandomText.Refuse("invalid-backup-id", "A backup id", RefusedText.Of(text));

    /// <summary>Draws a new one; each call gives another.</summary>
    public static BackupId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 16 octets.</summary>
    public byte[] ToBytes() => Base64UrlText.TryDecode(ToString(), out var octets) ? octets : [];

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
