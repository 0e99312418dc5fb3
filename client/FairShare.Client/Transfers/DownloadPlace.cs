using FairShare.Client.Files;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Transfers;

/// <summary>
/// Where a document will be stored: looked at before anything is signed, and held until it is there. The bytes collect in a
/// file beside the final name, whose own name others cannot tell; an earlier run's are gone on with. Only one process holds a place.
/// </summary>
public sealed class DownloadPlace : IDisposable
{
    // What other files of the exchange take, and what others may take meanwhile.
    private const long Margin = 1 << 20;

    private DownloadPlace(string target, string partial, FileStream file) => (Target, Partial, File) = (target, partial, file);

    /// <summary>The final path; nothing was there when the place was reserved.</summary>
    public string Target { get; }

    /// <summary>The path of what is there until the document is whole.</summary>
    public string Partial { get; }

    internal FileStream File { get; }

    /// <summary>Looks whether a document can be stored, and holds its place.</summary>
    /// <param name="folder">The folder; made, for its owner alone, if it is not there.</param>
    /// <param name="name">The document's name, which is made harmless.</param>
    /// <param name="partialName">What it is called until it is whole.</param>
    /// <param name="size">Bytes.</param>
    /// <exception cref="PlaceProblem">It cannot be stored there; the code says why. Nothing was changed.</exception>
    public static DownloadPlace Reserve(string folder, DocumentName name, string partialName, long size)
    {
        folder = Path.GetFullPath(folder);
        CreateFolder(folder);
        var target = PathOf(folder, name);
        RefuseTaken(target);
        var partial = Path.Combine(folder, partialName);
        var place = new DownloadPlace(target, partial, Open(partial));
        try
        {
            RequireRoom(folder, size - place.File.Length);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The path that a document of this name gets in a folder.</summary>
    public static string PathOf(string folder, DocumentName name) => Path.Combine(Path.GetFullPath(folder), SafeFileName.From(name));

    /// <summary>Lets the place go. What came of the document stays for the next run; a place without any of it disappears.</summary>
    public void Dispose()
    {
        if (!File.CanSeek)
        {
            return;
        }

        var isEmpty = File.Length == 0;
        File.Dispose();
        if (isEmpty)
        {
            System.IO.File.Delete(Partial);
        }
    }

    /// <summary>Gives the whole document its name.</summary>
    /// <exception cref="PlaceProblem">The name was taken meanwhile; the document stays under the partial name.</exception>
    internal void Finish()
    {
        File.Dispose();
        RefuseTaken(Target);
        System.IO.File.Move(Partial, Target, overwrite: false);
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PlaceProblem("folder-not-usable", folder, $"The folder {folder} cannot be made: {fault.Message}");
        }
    }

    private static void RefuseTaken(string target)
    {
        var file = new FileInfo(target);
        if (file.LinkTarget is not null || file.Exists || Directory.Exists(target))
        {
            throw new PlaceProblem("file-in-the-way", Path.GetDirectoryName(target)!, $"{target} exists already.");
        }

        try
        {
            // Nothing is there, so this fails; how it fails tells whether the name is one that can be there.
            System.IO.File.OpenHandle(target).Dispose();
        }
        catch (PathTooLongException)
        {
            throw new PlaceProblem("name-too-long", Path.GetDirectoryName(target)!, $"The file system takes no name as long as {target}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // As it should be.
        }
    }

    private static FileStream Open(string partial)
    {
        const FileOptions Options = FileOptions.Asynchronous;
        var standing = new FileInfo(partial);
        var folder = Path.GetDirectoryName(partial)!;
        var isThere = standing.LinkTarget is not null || standing.Exists || Directory.Exists(partial);
        try
        {
            return isThere ? PrivateFile.OpenOwn(partial, Options) : PrivateFile.Create(partial, Options);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw isThere
                ? new PlaceProblem("download-in-the-way", folder, $"{partial} cannot be gone on with: {fault.Message}")
                : new PlaceProblem("folder-not-usable", folder, $"Nothing can be written to {folder}: {fault.Message}");
        }
    }

    private static void RequireRoom(string folder, long missing)
    {
        if (RoomIn(folder) is { } room && room < missing + Margin)
        {
            throw new PlaceProblem("no-room", folder, $"{folder} has room for {room} bytes, and {missing} are to come.");
        }
    }

    private static long? RoomIn(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not tell may have room.
            return null;
        }
    }
}
