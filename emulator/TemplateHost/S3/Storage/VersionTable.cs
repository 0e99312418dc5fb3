using System.Text.Json;
using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Storage;

/// <summary>The versions of objects within one transaction of the store; each key has at most one that is current.</summary>
internal sealed class VersionTable(StoreSession session)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_version (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
          current INTEGER NOT NULL, marker INTEGER NOT NULL, modified INTEGER NOT NULL, version TEXT NOT NULL,
          UNIQUE (bucket, key, version_id));
        CREATE INDEX IF NOT EXISTS s3_version_current ON s3_version (bucket, key) WHERE current = 1;
        CREATE INDEX IF NOT EXISTS s3_version_order ON s3_version (bucket, key, sequence);
        """;

    public ObjectVersion? Current(string bucket, string key) =>
        session.Query("SELECT version FROM s3_version WHERE bucket = ?1 AND key = ?2 AND current = 1", Read, bucket, key).FirstOrDefault();

    public ObjectVersion? Find(string bucket, string key, string versionId) =>
        session
            .Query("SELECT version FROM s3_version WHERE bucket = ?1 AND key = ?2 AND version_id = ?3", Read, bucket, key, versionId)
            .FirstOrDefault();

    /// <summary>Makes a version current.</summary>
    /// <returns>The version of the same id that it replaces, in a bucket without versioning.</returns>
    public ObjectVersion? Put(ObjectVersion version)
    {
        var replaced = Find(version.Bucket, version.Key, version.VersionId);
        session.Execute(
            "DELETE FROM s3_version WHERE bucket = ?1 AND key = ?2 AND version_id = ?3",
            version.Bucket,
            version.Key,
            version.VersionId
        );
        session.Execute("UPDATE s3_version SET current = 0 WHERE bucket = ?1 AND key = ?2 AND current = 1", version.Bucket, version.Key);
        session.Execute(
            """
            INSERT INTO s3_version (bucket, key, version_id, current, marker, modified, version) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)
            """,
            version.Bucket,
            version.Key,
            version.VersionId,
            version.IsDeleteMarker,
            version.ModifiedAt.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(version)
        );
        return replaced;
    }

    /// <summary>Changes what a version says of itself; nothing where it has gone meanwhile.</summary>
    public int Change(ObjectVersion version, Func<ObjectVersion, ObjectVersion> change) =>
        Find(version.Bucket, version.Key, version.VersionId) is { } current
            ? session.Execute(
                "UPDATE s3_version SET version = ?4 WHERE bucket = ?1 AND key = ?2 AND version_id = ?3",
                version.Bucket,
                version.Key,
                version.VersionId,
                JsonSerializer.Serialize(change(current))
            )
            : 0;

    /// <summary>Takes one version away; the one before it becomes current.</summary>
    public ObjectVersion? Remove(string bucket, string key, string versionId)
    {
        var removed = Find(bucket, key, versionId);
        session.Execute("DELETE FROM s3_version WHERE bucket = ?1 AND key = ?2 AND version_id = ?3", bucket, key, versionId);
        session.Execute(
            """
            UPDATE s3_version SET current = 1
            WHERE sequence = (SELECT max(sequence) FROM s3_version WHERE bucket = ?1 AND key = ?2)
            """,
            bucket,
            key
        );
        return removed;
    }

    /// <summary>Current objects in the order of their keys.</summary>
    public List<ObjectVersion> ListCurrent(string bucket, string after, int count) =>
        session.Query(
            "SELECT version FROM s3_version WHERE bucket = ?1 AND key > ?2 AND current = 1 AND marker = 0 ORDER BY key LIMIT ?3",
            Read,
            bucket,
            after,
            count
        );

    /// <summary>All versions in the order of their keys, the newest of each first.</summary>
    public List<ListedVersion> ListVersions(string bucket, string afterKey, long afterSequence, int count) =>
        session.Query(
            """
            SELECT version, current, sequence FROM s3_version
            WHERE bucket = ?1 AND (key > ?2 OR (key = ?2 AND sequence < ?3)) ORDER BY key, sequence DESC LIMIT ?4
            """,
            row => new ListedVersion(Read(row), row.GetBoolean(1), row.GetInt64(2)),
            bucket,
            afterKey,
            afterSequence,
            count
        );

    public long SequenceOf(string bucket, string key, string versionId) =>
        session
            .Query(
                "SELECT sequence FROM s3_version WHERE bucket = ?1 AND key = ?2 AND version_id = ?3",
                row => row.GetInt64(0),
                bucket,
                key,
                versionId
            )
            .FirstOrDefault();

    public bool IsEmpty(string bucket) =>
        session.Query("SELECT 1 FROM s3_version WHERE bucket = ?1 LIMIT 1", row => row.GetInt32(0), bucket).Count == 0;

    private static ObjectVersion Read(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        JsonSerializer.Deserialize<ObjectVersion>(row.GetString(0))!;
}

internal sealed record ListedVersion(ObjectVersion Version, bool IsCurrent, long Sequence);
