using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Objects;

namespace FairShare.Client.Vault.Items;

/// <summary>What is stored, and on which terms.</summary>
/// <param name="Content">The content.</param>
/// <param name="Name">What the catalogue calls it; nobody else is told.</param>
/// <param name="Mode">Whether a password is needed.</param>
/// <param name="Password">The password; exactly in mode P.</param>
/// <param name="Life">How long it lives: 1 second to 365 days.</param>
/// <param name="MaxOpens">How often it may be opened, 1 to 1000; null for as often as somebody asks.</param>
public sealed record VaultPutOrder(
    IVaultContent Content,
    string Name,
    VaultMode Mode,
    string? Password,
    TimeSpan Life,
    int? MaxOpens = null
)
{
    /// <summary>How the content is compressed. Default: zstd.</summary>
    public VaultCompression Compression { get; init; } = VaultCompression.Zstd;

    /// <summary>The most bytes of content, where its length is not known beforehand. Default: 1 GiB.</summary>
    public long PipeLimit { get; init; } = 1L << 30;

    /// <summary>The path of the content, by which an upload that was cut short is found; null where it can be read only once.</summary>
    public string? Source { get; init; }

    /// <summary>The code, where it was drawn beforehand; null draws one. Nothing else may have used it.</summary>
    public VaultCode? Code { get; init; }

    /// <summary>The item in whose place it comes, by its code; null for none. That one is to be erased afterwards.</summary>
    public VaultCode? Replaces { get; init; }

    /// <summary>Bytes of content, where they are known better than from what is read; null otherwise.</summary>
    public long? KnownLength { get; init; }

    /// <summary>Whether it is stored without an account. Default: no.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>More bytes than the object will have.</summary>
    internal long LengthBound => VaultObject.LengthBound(Content.LengthBound ?? PipeLimit);

    /// <summary>The content's length in bytes, as far as it is known beforehand; 0 for a pipe.</summary>
    internal long ContentLength => Content is TreeContent tree ? tree.Tree.ContentLength : 0;
}
