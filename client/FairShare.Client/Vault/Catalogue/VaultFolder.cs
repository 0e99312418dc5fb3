using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Client.Files;
using FairShare.Client.Profiles;
using FairShare.Contracts;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;
using FairShare.Vault.Transfer;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>The files of a profile's vault: the key, the catalogue, uploads under way, tickets of opens under way.</summary>
/// <param name="profile">The profile.</param>
/// <param name="randomness">The source of nonces and tickets.</param>
public sealed class VaultFolder(Profile profile, IRandomness randomness)
{
    private readonly string folder = Path.Combine(profile.Folder, "vault");

    /// <summary>The key.</summary>
    public VaultKeyFile Key => new(Path.Combine(folder, "key.json"));

    /// <summary>Opens the catalogue, and makes it where there is none.</summary>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.CatalogueUnwritable"/>.</exception>
    public ItemCatalogue OpenCatalogue(VaultKey key) => ItemCatalogue.Create(Path.Combine(folder, "catalogue.db"), key, randomness);

    /// <summary>The state of an upload that was cut short; null where there is none, or none that this key opens.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What is uploaded.</param>
    /// <returns>The state; the caller disposes it.</returns>
    public UploadState? FindUpload(VaultKey key, string what) => OpenUpload(key, UploadPath(key, what));

    private static UploadState? OpenUpload(VaultKey key, string path)
    {
        try
        {
            return File.Exists(path) ? UploadStateFile.Open(File.ReadAllBytes(path), key.Uploads) : null;
        }
        catch (ProtocolException)
        {
            // A state that cannot be read is none: the upload starts over.
            return null;
        }
    }

    /// <summary>Keeps the state of an upload.</summary>
    public void SaveUpload(VaultKey key, string what, UploadState state) =>
        PrivateFile.Write(UploadPath(key, what), UploadStateFile.Seal(state, key.Uploads, randomness));

    /// <summary>Forgets the state of an upload.</summary>
    public void ForgetUpload(VaultKey key, string what) => Delete(UploadPath(key, what));

    /// <summary>Forgets the states of all uploads under codes that are forgotten.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isForgotten">Whether a code is.</param>
    public void ForgetUploads(VaultKey key, Func<VaultCode, bool> isForgotten)
    {
        var uploads = Path.Combine(folder, "uploads");
        foreach (
            var path in Directory.Exists(uploads)
                ? Directory.EnumerateFiles(uploads).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).ToList()
                : []
        )
        {
            using var state = OpenUpload(key, path);
            if (state is not null && isForgotten(state.Code))
            {
                Delete(path);
            }
        }
    }

    /// <summary>Keeps other commands from an upload, until disposed.</summary>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.Busy"/>.</exception>
    public IDisposable HoldUpload(VaultKey key, string what)
    {
        var path = UploadPath(key, what) + ".lock";
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new VaultProblem(VaultProblem.Busy, "Another command uploads the same.");
        }
    }

    /// <summary>The ticket of an open that was not ended, or a new one, which is kept before it is used.</summary>
    public VaultTicket TakeTicket(VaultItemId id)
    {
        if (FindTicket(id) is { } kept)
        {
            return kept.Ticket;
        }

        var ticket = VaultTicket.New(randomness);
        KeepTicket(id, ticket, []);
        return ticket;
    }

    /// <summary>An open that was not ended, and the paths of what it gave, once all of that is there; null where there is none.</summary>
    public (VaultTicket Ticket, IReadOnlyList<string> Received)? FindTicket(VaultItemId id)
    {
        try
        {
            return
                File.Exists(TicketPath(id))
                && JsonSerializer.Deserialize(JsonFile.Read(TicketPath(id)), TicketJson.Lenient.TypeOf<TicketFile>()) is { } file
                ? (VaultTicket.Parse(file.Ticket), file.Received)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or ProtocolException)
        {
            return null;
        }
    }

    /// <summary>Keeps the ticket of an open.</summary>
    /// <param name="id">The item.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="received">The paths of what it gave; none before all of that is there.</param>
    public void KeepTicket(VaultItemId id, VaultTicket ticket, IReadOnlyList<string> received) =>
        PrivateFile.Write(
            TicketPath(id),
            JsonSerializer.SerializeToUtf8Bytes(new TicketFile(ticket.ToString(), received), TicketJson.Lenient.TypeOf<TicketFile>())
        );

    /// <summary>Forgets the ticket of an open that ended, or was not granted.</summary>
    public void ForgetTicket(VaultItemId id) => Delete(TicketPath(id));

    // Also where its folder is not there.
    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private string UploadPath(VaultKey key, string what) => Path.Combine(folder, "uploads", key.NameOf(what));

    private string TicketPath(VaultItemId id) => Path.Combine(folder, "tickets", id.ToString());
}

/// <summary>A ticket as it is kept.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Received">The paths of what it gave.</param>
internal sealed record TicketFile(string Ticket, IReadOnlyList<string> Received);

/// <summary>The JSON of kept tickets.</summary>
[JsonSerializable(typeof(TicketFile))]
internal sealed partial class TicketJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new TicketJson());
}
