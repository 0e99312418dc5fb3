namespace FairShare.Client.Files;

/// <summary>A file cannot be written to its folder: a full disk, no rights, a read-only file system.</summary>
public sealed class FolderProblem : IOException
{
    /// <param name="folder">The folder.</param>
    /// <param name="inner">What the file system said; its code stays.</param>
    public FolderProblem(string folder, Exception inner)
        : base(inner?.Message, inner)
    {
        Folder = folder;
        HResult = inner?.HResult ?? HResult;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }
}
