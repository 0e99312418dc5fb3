namespace FairShare.Vault.Packing;

/// <summary>What a node of a tree is.</summary>
internal enum SourceKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,
}

/// <summary>A file, folder or link as it was when the tree was listed.</summary>
/// <param name="EntryPath">Its path in the archive.</param>
/// <param name="FullPath">Its path on this machine.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its mode, without the bits that are not kept.</param>
/// <param name="Modified">The time of its last change.</param>
/// <param name="Size">Bytes of a file; 0 for anything else.</param>
/// <param name="LinkTarget">
/// The text of a symbolic link, or the entry path that a hard link is the same file as; null for anything else.
/// </param>
internal sealed record SourceNode(
    string EntryPath,
    string FullPath,
    SourceKind Kind,
    UnixFileMode Mode,
    DateTimeOffset Modified,
    long Size,
    string? LinkTarget
);
