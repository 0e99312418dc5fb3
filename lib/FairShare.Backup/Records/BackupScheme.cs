using FairShare.Core.Errors;

namespace FairShare.Backup.Records;

/// <summary>How the body of a backup is spread; its key is always shared.</summary>
public enum BackupScheme
{
    /// <summary><c>sss</c>: every peer holds the whole encrypted file.</summary>
    Sss,

    /// <summary><c>ida</c>: every peer holds one of n pieces, of which any m give the encrypted file.</summary>
    Ida,
}

/// <summary>The names of schemes.</summary>
public static class BackupSchemes
{
    /// <summary><c>sss</c> or <c>ida</c>.</summary>
    public static string Name(this BackupScheme scheme) => scheme == BackupScheme.Sss ? "sss" : "ida";

    /// <summary>Reads a name.</summary>
    /// <exception cref="ProtocolException"><c>unknown-scheme</c>.</exception>
    public static BackupScheme Parse(string name) =>
        name switch
        {
            "sss" => BackupScheme.Sss,
            "ida" => BackupScheme.Ida,
            _ => throw new ProtocolException("unknown-scheme", "A scheme is sss or ida.") { Value = RefusedText.Of(name) },
        };
}
