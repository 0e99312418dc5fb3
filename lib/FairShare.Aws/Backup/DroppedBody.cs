using FairShare.Core.Identifiers;

namespace FairShare.Aws.Backup;

/// <summary>A body that was given up and erased. Its slot is never used again; what was signed for it may be used for a while.</summary>
/// <param name="Slot">Where it lay, or would have lain.</param>
/// <param name="UploadId">Its multipart upload; null where it had none.</param>
/// <param name="Until">When nobody can write it any more.</param>
public sealed record DroppedBody(string Slot, string? UploadId, DateTimeOffset Until)
{
    /// <summary>The three in one text.</summary>
    public override string ToString() => $"{Slot} {Timestamp.Format(Until)} {UploadId}";

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static DroppedBody Parse(string text) =>
        text.Split(' ', 3) is [var slot, var until, var upload]
            ? new DroppedBody(slot, upload.Length == 0 ? null : upload, Timestamp.Parse(until))
            : throw new FormatException("A body that was given up is not in its form.");
}
