namespace FairShare.Client.Vault.Items;

/// <summary>Where what is fetched goes; a closed set.</summary>
public abstract record VaultDestination
{
    private VaultDestination() { }

    /// <summary>A folder: what stands at the archive's root is put there.</summary>
    /// <param name="Path">The folder; made where there is none.</param>
    /// <param name="PipeName">What content is called that was piped in, and so has no name.</param>
    public sealed record Folder(string Path, string PipeName) : VaultDestination;

    /// <summary>A file: the stored object as it is, encrypted.</summary>
    /// <param name="Path">The file; nothing may be there.</param>
    public sealed record ObjectFile(string Path) : VaultDestination;

    /// <summary>A stream: what was piped in, or the archive as tar. Each byte is genuine; whether all came is known at the end.</summary>
    /// <param name="Stream">Left open.</param>
    public sealed record Output(Stream Stream) : VaultDestination;
}
