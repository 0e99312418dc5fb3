using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Files;
using FairShare.Client.Profiles;
using FairShare.Contracts;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Notes;

/// <summary>
/// What a profile notes of its backups: peers, the owner's key, other owners, and of each backup manifest, receipts and keys. Nothing of it
/// is needed to restore but the peers and the owner's key.
/// </summary>
/// <param name="profile">The profile.</param>
public sealed class BackupFolder(Profile profile)
{
    private const string ManifestName = "manifest.jws";

    private readonly string folder = Path.Combine(profile.Folder, "backups");

    /// <summary>The peers.</summary>
    public IReadOnlyList<KnownPeer> Peers
    {
        get => Read("peers.json", NotesJson.Lenient.TypeOf<PeerList>())?.Peers ?? [];
        set => Write("peers.json", new PeerList([.. value]), NotesJson.Lenient.TypeOf<PeerList>());
    }

    /// <summary>The owner's key, and the JWKs of other owners; null before there is one.</summary>
    public OwnerNote? Owner
    {
        get => Read("owner.json", NotesJson.Lenient.TypeOf<OwnerNote>());
        set => Write("owner.json", value!, NotesJson.Lenient.TypeOf<OwnerNote>());
    }

    /// <summary>The backups that are noted, the newest last.</summary>
    public IReadOnlyList<BackupNote> Backups => Read("backups.json", NotesJson.Lenient.TypeOf<BackupList>())?.Backups ?? [];

    /// <summary>The folder of a backup's records.</summary>
    public string FolderOf(BackupId backup) => Path.Combine(folder, backup.ToString());

    /// <summary>The backup of that id, or of that name.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.UnknownBackup"/>: there is none, or more than one of the name.</exception>
    public BackupNote Get(string idOrName)
    {
        var found = Backups.Where(note => note.Id == idOrName || note.Name == idOrName).ToList();
        return found.Count == 1
            ? found[0]
            : throw new BackupProblem(
                BackupProblem.UnknownBackup,
                found.Count == 0 ? "No backup of this id or name is noted here." : "Several backups have this name; give the id."
            );
    }

    /// <summary>The peer of that name.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.UnknownPeer"/>.</exception>
    public KnownPeer GetPeer(string name) =>
        Peers.FirstOrDefault(peer => peer.Name == name)
        ?? throw new BackupProblem(BackupProblem.UnknownPeer, $"No peer called {name} is noted; see fairshare peer list.");

    /// <summary>Notes a backup, in place of what was noted of it.</summary>
    public void Keep(BackupNote note) =>
        Write(
            "backups.json",
            new BackupList([.. Backups.Where(other => other.Id != note.Id), note]),
            NotesJson.Lenient.TypeOf<BackupList>()
        );

    /// <summary>Forgets a backup; its records stay.</summary>
    public void Forget(BackupId backup) =>
        Write(
            "backups.json",
            new BackupList([.. Backups.Where(other => other.Id != backup.ToString())]),
            NotesJson.Lenient.TypeOf<BackupList>()
        );

    /// <summary>Keeps a backup's manifest and the owner's public key, for who verifies later.</summary>
    public void KeepManifest(BackupRecord manifest, string ownerKey)
    {
        var place = FolderOf(manifest.Members.Backup);
        PrivateFile.Write(Path.Combine(place, ManifestName), Encoding.ASCII.GetBytes(manifest.Text));
        PrivateFile.Write(Path.Combine(place, "owner.jwk"), Encoding.ASCII.GetBytes(ownerKey));
    }

    /// <summary>Keeps what a peer has signed, and the peer's public key.</summary>
    public void KeepRecord(BackupId backup, KnownPeer peer, BackupRecord record)
    {
        var place = Path.Combine(FolderOf(backup), peer.Seal.Thumbprint.ToString());
        PrivateFile.Write(Path.Combine(place, $"{record.Kind}.jws"), Encoding.ASCII.GetBytes(record.Text));
        PrivateFile.Write(Path.Combine(place, "peer.jwk"), Encoding.ASCII.GetBytes(peer.Key));
    }

    /// <summary>Keeps an order for a peer that did not answer, for whoever carries it.</summary>
    public void KeepOrder(BackupId backup, KnownPeer peer, PeerOrder order) =>
        Write(Path.Combine(backup.ToString(), "orders", $"{peer.Seal.Thumbprint}.json"), order, NotesJson.Lenient.TypeOf<PeerOrder>());

    /// <summary>Keeps what a refresh has certified until all peers have it; null forgets it.</summary>
    public void KeepRefresh(BackupId backup, RefreshProgress? certified)
    {
        if (certified is null)
        {
            File.Delete(Path.Combine(folder, RefreshOf(backup)));
            return;
        }

        Write(RefreshOf(backup), certified, NotesJson.Lenient.TypeOf<RefreshProgress>());
    }

    /// <summary>What a refresh has certified and not brought to all peers; null where there is nothing.</summary>
    public RefreshProgress? FindRefresh(BackupId backup) => Read(RefreshOf(backup), NotesJson.Lenient.TypeOf<RefreshProgress>());

    private static string RefreshOf(BackupId backup) => Path.Combine(backup.ToString(), "refresh.json");

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(JsonFile.Read(path), type) : null;
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} is damaged.");
        }
    }

    private void Write<T>(string name, T value, JsonTypeInfo<T> type) =>
        PrivateFile.Write(Path.Combine(folder, name), JsonSerializer.SerializeToUtf8Bytes(value, type));
}

/// <summary>Peers.</summary>
internal sealed record PeerList(IReadOnlyList<KnownPeer> Peers);

/// <summary>Backups.</summary>
internal sealed record BackupList(IReadOnlyList<BackupNote> Backups);

/// <summary>What is noted of the owner.</summary>
/// <param name="Key">The id of the key that signs orders.</param>
/// <param name="Others">The JWKs of other owners, whose manifests are taken too.</param>
public sealed record OwnerNote(string Key, IReadOnlyList<string> Others);

/// <summary>What is noted of a backup.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scheme">How it is spread.</param>
/// <param name="Threshold">m.</param>
/// <param name="Total">n.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="IsDeleting">Whether a deletion was begun.</param>
public sealed record BackupNote(
    string Id,
    string Name,
    string Scheme,
    int Threshold,
    int Total,
    DateTimeOffset CreatedAt,
    bool IsDeleting = false
);

/// <summary>What an owner gives to another: which backup, whose, and where.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Owner">The JWK of the owner who gives it.</param>
/// <param name="Peers">The peers.</param>
public sealed record SharedBackup(BackupNote Backup, string Owner, IReadOnlyList<KnownPeer> Peers);

/// <summary>The JSON of these files.</summary>
[JsonSerializable(typeof(PeerList))]
[JsonSerializable(typeof(BackupList))]
[JsonSerializable(typeof(OwnerNote))]
[JsonSerializable(typeof(SharedBackup))]
[JsonSerializable(typeof(PeerOrder))]
[JsonSerializable(typeof(RefreshProgress))]
internal sealed partial class NotesJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new NotesJson());
}
