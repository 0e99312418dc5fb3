using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Contracts;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using Microsoft.Data.Sqlite;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>
/// What a profile has stored, in SQLite: the table <c>cookies</c>, each row sealed under the profile's vault key, so that the file tells
/// how many items there are and nothing else. Its functions are those of the seed's client database.
/// </summary>
public sealed class ItemCatalogue
{
    private const int IdLength = 16;

    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    private readonly string path;
    private readonly SealedBytes cipher;
    private readonly IRandomness randomness;

    private ItemCatalogue(string path, VaultKey key, IRandomness randomness) =>
        (this.path, cipher, this.randomness) = (path, new SealedBytes(key.Catalogue), randomness);

    /// <summary>The seed's Create: opens the catalogue, and makes it where there is none.</summary>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.CatalogueUnwritable"/>.</exception>
    public static ItemCatalogue Create(string path, VaultKey key, IRandomness randomness)
    {
        var catalogue = new ItemCatalogue(path, key, randomness);
        try
        {
            if (!File.Exists(path))
            {
                PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
                PrivateFile.Create(path).Dispose();
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(fault);
        }

        catalogue.Execute("CREATE TABLE IF NOT EXISTS cookies (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID");
        return catalogue;
    }

    /// <summary>The seed's Insert: adds a record, or replaces the one of the same code.</summary>
    public void Insert(CatalogueEntry entry)
    {
        var id = Rows().Find(row => row.Entry.Code == entry.Code).Id ?? NewId();
        var octets = JsonSerializer.SerializeToUtf8Bytes(entry, CatalogueJson.Lenient.TypeOf<CatalogueEntry>());
        Execute(
            "INSERT INTO cookies (id, sealed) VALUES ($id, $sealed) ON CONFLICT (id) DO UPDATE SET sealed = $sealed",
            ("$id", id),
            ("$sealed", cipher.Seal(octets, id, randomness))
        );
    }

    /// <summary>The seed's Remove: forgets the record of a cookie.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string cookie)
    {
        var rows = Rows().FindAll(row => row.Entry.Cookie == cookie);
        rows.ForEach(row => Execute("DELETE FROM cookies WHERE id = $id", ("$id", row.Id)));
        return rows.Count > 0;
    }

    /// <summary>The seed's Clean: forgets all records.</summary>
    /// <returns>How many.</returns>
    public int Clean() => Execute("DELETE FROM cookies");

    /// <summary>The seed's Search: the records whose name has this text in it, without regard to case; the oldest first.</summary>
    public IReadOnlyList<CatalogueEntry> Search(string name) =>
        [.. ListFiles().Where(entry => entry.Name.Contains(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The seed's List Files: all records, the oldest first.</summary>
    public IReadOnlyList<CatalogueEntry> ListFiles() => [.. Rows().Select(row => row.Entry).OrderBy(entry => entry.StoredAt)];

    /// <summary>The seed's Get Cookie: the 48 digits of the record with this name.</summary>
    /// <exception cref="VaultProblem">As <see cref="Get"/>.</exception>
    public string GetCookie(string name) => Get(name).Cookie;

    /// <summary>The seed's Get Size: the bytes of content of the record with this name; null while it is uploaded.</summary>
    /// <exception cref="VaultProblem">As <see cref="Get"/>.</exception>
    public long? GetSize(string name) => Get(name).Size;

    /// <summary>The record with this name, the last part of a path sufficing; or of this code or cookie.</summary>
    /// <exception cref="VaultProblem">
    /// <see cref="VaultProblem.NotInCatalogue"/>; <see cref="VaultProblem.Ambiguous"/>: several have it.
    /// </exception>
    public CatalogueEntry Get(string name)
    {
        var all = ListFiles();
        var found = all.Where(entry => entry.Name == name || entry.Code == name || entry.Cookie == name).ToList();
        if (found.Count == 0)
        {
            found = [.. all.Where(entry => Path.GetFileName(entry.Name) == name)];
        }

        if (found.Count > 1)
        {
            found.RemoveAll(entry => IsSuperseded(entry, all));
        }

        return found switch
        {
            [var only] => only,
            [] => throw new VaultProblem(VaultProblem.NotInCatalogue, "Nothing in the catalogue has this name, code or cookie."),
            _ => throw new VaultProblem(VaultProblem.Ambiguous, $"{found.Count} items in the catalogue have this name."),
        };
    }

    // Of an item and the one that comes in its place, one counts: the other, once that is stored.
    private static bool IsSuperseded(CatalogueEntry entry, IReadOnlyList<CatalogueEntry> all) =>
        entry is { Replaces: { } replaced, IsStored: false }
            ? all.Any(other => other.Code == replaced)
            : all.Any(other => other.IsStored && other.Replaces == entry.Code);

    private List<(string Id, CatalogueEntry Entry)> Rows() =>
        Run(
            "SELECT id, sealed FROM cookies",
            command =>
            {
                var rows = new List<(string Id, CatalogueEntry Entry)>();
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    rows.Add((reader.GetString(0), Open(reader.GetString(0), reader.GetFieldValue<byte[]>(1))));
                }

                return rows;
            }
        );

    private CatalogueEntry Open(string id, byte[] octets) =>
        cipher.Open(octets, id) is { } plaintext
            ? JsonSerializer.Deserialize(plaintext, CatalogueJson.Lenient.TypeOf<CatalogueEntry>())!
            : throw new VaultProblem(VaultProblem.CatalogueDamaged, $"A record of {path} was changed, or is under another key.");

    private string NewId()
    {
        Span<byte> id = stackalloc byte[IdLength];
        randomness.Fill(id);
        return Base64UrlText.Encode(id);
    }

    private int Execute(string text, params (string Name, object Value)[] parameters) =>
        Run(text, command => command.ExecuteNonQuery(), parameters);

    // What is deleted is overwritten. Each call has a connection of its own: several commands may run at once.
    private T Run<T>(string text, Func<SqliteCommand, T> run, params (string Name, object Value)[] parameters)
    {
        try
        {
            var source = new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            };
            using var connection = new SqliteConnection(source.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA secure_delete = ON";
            command.ExecuteNonQuery();
            command.CommandText = text;
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            return run(command);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw new VaultProblem(VaultProblem.CatalogueDamaged, $"{path} is damaged, or no catalogue: {fault.Message}");
        }
        catch (SqliteException fault)
        {
            throw Unwritable(fault);
        }
    }

    private static VaultProblem Unwritable(Exception fault) =>
        new(VaultProblem.CatalogueUnwritable, $"The catalogue cannot be made or written: {fault.Message}");
}
