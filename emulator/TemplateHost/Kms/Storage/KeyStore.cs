using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;
using TemplateHost.Storage;

namespace TemplateHost.Kms.Storage;

/// <summary>The account's keys and aliases: kept in the store, asked from memory.</summary>
internal sealed class KeyStore
{
    private readonly IStore store;
    private readonly HostContext context;
    private readonly ConcurrentDictionary<string, KeyRecord> keys = new();
    private readonly ConcurrentDictionary<string, KeyAlias> aliases = new();

    public KeyStore(HostContext context)
    {
        (this.context, store) = (context, context.Store);
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS kms_key (
              id TEXT PRIMARY KEY, arn TEXT NOT NULL, description TEXT NOT NULL, created INTEGER NOT NULL, enabled INTEGER NOT NULL,
              deletion INTEGER, private BLOB NOT NULL, public BLOB NOT NULL, policy TEXT NOT NULL, tags TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS kms_alias (name TEXT PRIMARY KEY, key_id TEXT NOT NULL, created INTEGER NOT NULL);
            """
        );
        store.Read(session => session.Query("SELECT * FROM kms_key", ReadKey)).ForEach(key => keys[key.KeyId] = key);
        store
            .Read(session =>
                session.Query(
                    "SELECT name, key_id, created FROM kms_alias",
                    row => new KeyAlias(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))
                )
            )
            .ForEach(alias => aliases[alias.Name] = alias);
    }

    public IReadOnlyList<KeyRecord> All => [.. keys.Values.Where(IsThere).OrderBy(key => key.CreatedAt)];

    public IReadOnlyList<KeyAlias> Aliases => [.. aliases.Values.OrderBy(alias => alias.Name, StringComparer.Ordinal)];

    public KeyAlias? FindAlias(string name) => aliases.GetValueOrDefault(name);

    /// <summary>A key by its id, its ARN, an alias's name or an alias's ARN.</summary>
    /// <exception cref="AwsException">NotFoundException.</exception>
    public KeyRecord Get(string identifier)
    {
        var resource = identifier.StartsWith("arn:", StringComparison.Ordinal) ? identifier.Split(':', 6)[^1] : identifier;
        if (resource.StartsWith("alias/", StringComparison.Ordinal))
        {
            return FindAlias(resource) is { } alias && keys.TryGetValue(alias.KeyId, out var target) && IsThere(target)
                ? target
                : throw new AwsException("NotFoundException", $"Alias {context.Arn("kms", resource)} is not found.");
        }

        var id = resource.StartsWith("key/", StringComparison.Ordinal) ? resource[4..] : resource;
        return keys.TryGetValue(id, out var key) && IsThere(key)
            ? key
            : throw new AwsException("NotFoundException", $"Key '{context.Arn("kms", $"key/{id}")}' does not exist");
    }

    public async Task PutAsync(KeyRecord key)
    {
        await store.WriteAsync(session =>
            session.Execute(
                """
                INSERT INTO kms_key VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                ON CONFLICT (id) DO UPDATE SET description = ?3, enabled = ?5, deletion = ?6, policy = ?9, tags = ?10
                """,
                key.KeyId,
                key.Arn,
                key.Description,
                key.CreatedAt.ToUnixTimeMilliseconds(),
                key.Enabled,
                key.DeletionDate?.ToUnixTimeMilliseconds(),
                key.PrivateKey,
                key.PublicKey,
                key.Policy.ToJsonString(),
                JsonSerializer.Serialize(key.Tags)
            )
        );
        keys[key.KeyId] = key;
    }

    public async Task PutAliasAsync(string name, string keyId)
    {
        var alias = new KeyAlias(name, keyId, FindAlias(name)?.CreatedAt ?? context.Time.GetUtcNow());
        await store.WriteAsync(session =>
            session.Execute(
                "INSERT INTO kms_alias VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET key_id = ?2",
                alias.Name,
                alias.KeyId,
                alias.CreatedAt.ToUnixTimeMilliseconds()
            )
        );
        aliases[name] = alias;
    }

    public async Task DeleteAliasAsync(string name)
    {
        await store.WriteAsync(session => session.Execute("DELETE FROM kms_alias WHERE name = ?1", name));
        aliases.TryRemove(name, out _);
    }

    /// <summary>A key whose waiting period is over is gone.</summary>
    private bool IsThere(KeyRecord key) => key.DeletionDate is null || key.DeletionDate > context.Time.GetUtcNow();

    private static KeyRecord ReadKey(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            row.GetBoolean(4),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            row.GetFieldValue<byte[]>(6),
            row.GetFieldValue<byte[]>(7),
            (JsonObject)JsonNode.Parse(row.GetString(8))!,
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(9))!
        );
}

internal sealed record KeyAlias(string Name, string KeyId, DateTimeOffset CreatedAt);
