using FairShare.Backup.Records;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Notes;

/// <summary>One record of a folder, as it was found.</summary>
/// <param name="Path">Its file, from the folder.</param>
/// <param name="Fault">Why it is refused; null where it holds.</param>
public sealed record RecordVerdict(string Path, string? Fault);

/// <summary>Verifies the records of a backup with nothing but their files and the keys beside them.</summary>
public static class RecordFolder
{
    /// <summary>Verifies all records of a folder: who signed each, and that receipts are of the manifest.</summary>
    /// <param name="folder">The folder of a backup.</param>
    /// <exception cref="FileNotFoundException">It has no manifest.</exception>
    public static IReadOnlyList<RecordVerdict> Verify(string folder)
    {
        var manifestPath = Path.Combine(folder, "manifest.jws");
        var owner = PublicKey.FromJwk(File.ReadAllText(Path.Combine(folder, "owner.jwk")));
        var (manifest, fault) = TryRead(manifestPath, RecordKind.BackupManifest, owner);
        var verdicts = new List<RecordVerdict> { new("manifest.jws", fault) };
        foreach (var place in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(place, "peer.jwk")))
            {
                verdicts.AddRange(Verify(folder, place, manifest));
            }
        }

        return verdicts;
    }

    private static IEnumerable<RecordVerdict> Verify(string folder, string place, BackupRecord? manifest)
    {
        var peer = PublicKey.FromJwk(File.ReadAllText(Path.Combine(place, "peer.jwk")));
        foreach (var path in Directory.EnumerateFiles(place, "*.jws").Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            if (!Enum.TryParse<RecordKind>(Path.GetFileNameWithoutExtension(path), out var kind))
            {
                yield return new(name, "unknown-kind");
                continue;
            }

            var (record, fault) = TryRead(path, kind, peer);
            yield return new(name, fault ?? (record is null ? null : Mismatch(record, manifest, peer)));
        }
    }

    private static string? Mismatch(BackupRecord record, BackupRecord? manifest, PublicKey peer)
    {
        if (manifest is null || record.Members.Backup != manifest.Members.Backup)
        {
            return "another-backup";
        }

        if (record.Kind != RecordKind.StorageReceipt)
        {
            return null;
        }

        var (receipt, said) = (StorageReceipt.Read(record), BackupManifest.Read(manifest));
        var index = said.IndexOf(peer.Thumbprint);
        return index == 0 || receipt.Index != index ? "statement-mismatch:index"
            : receipt.Root != said.Roots[index - 1] ? "statement-mismatch:root"
            : receipt.BodySize != said.BodySize ? "statement-mismatch:bodySize"
            : null;
    }

    private static (BackupRecord? Record, string? Fault) TryRead(string path, RecordKind kind, PublicKey key)
    {
        try
        {
            return (BackupRecord.Verify(File.ReadAllText(path), kind, key), null);
        }
        catch (ProtocolException fault)
        {
            return (null, fault.Code);
        }
    }
}
