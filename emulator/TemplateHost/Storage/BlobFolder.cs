namespace TemplateHost.Storage;

/// <summary>Object bodies as files; a file appears under its name only when it is complete and flushed. Who reads and writes does it in
/// blocks: the streams have no buffers.</summary>
/// <param name="directory">Where they lie.</param>
/// <param name="durable">Whether a published file has reached the disk.</param>
internal sealed class BlobFolder(string directory, bool durable = true)
{
    /// <summary>
    /// How many octets are read or written at once. Larger arrays would lie on the large object heap, whose collections stop everything.
    /// </summary>
    public const int Block = 1 << 16;

    public string Directory { get; } = directory;

    /// <summary>A new file to write to, not yet visible.</summary>
    public FileStream CreateTemporary(string name)
    {
        OwnerOnly.CreateFolder(Directory);
        return new FileStream(
            PathOf(name) + ".part",
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0,
            FileOptions.Asynchronous
        );
    }

    /// <summary>Flushes the file, to disk where it is to last, and gives it its name.</summary>
    public void Publish(FileStream temporary, string name)
    {
        temporary.Flush(flushToDisk: durable);
        temporary.Dispose();
        File.Move(PathOf(name) + ".part", PathOf(name), overwrite: true);
    }

    /// <summary>Takes away a file that will not be published, also when the disk has no room for what its buffer still holds.</summary>
    public static async Task DiscardAsync(FileStream temporary)
    {
        try
        {
            await temporary.DisposeAsync();
        }
        catch (IOException)
        {
            // Nobody wants those octets any more.
        }
        finally
        {
            File.Delete(temporary.Name);
        }
    }

    public FileStream Open(string name) =>
        new(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    public void Delete(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(Directory, name);
}
