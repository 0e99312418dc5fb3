using System.Text.Json;
using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Storage;

/// <summary>Multipart uploads and their parts within one transaction of the store.</summary>
internal sealed class UploadTable(StoreSession session)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_upload (upload_id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL,
          initiated INTEGER NOT NULL, upload TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS s3_part (
          upload_id TEXT NOT NULL, number INTEGER NOT NULL, modified INTEGER NOT NULL, part TEXT NOT NULL,
            PRIMARY KEY (upload_id, number)) WITHOUT ROWID;
        """;

    public int Create(MultipartUpload upload) =>
        session.Execute(
            "INSERT INTO s3_upload (upload_id, bucket, key, initiated, upload) VALUES (?1, ?2, ?3, ?4, ?5)",
            upload.UploadId,
            upload.Bucket,
            upload.Key,
            upload.InitiatedAt.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(upload)
        );

    /// <exception cref="Kernel.AwsException">NoSuchUpload: never begun, aborted or completed, or of another key.</exception>
    public MultipartUpload Get(string bucket, string key, string uploadId) =>
        session.Query("SELECT upload FROM s3_upload WHERE upload_id = ?1 AND bucket = ?2 AND key = ?3", ReadUpload, uploadId, bucket, key)
            is [var upload]
            ? upload
            : throw S3Errors.NoSuchUpload();

    public List<MultipartUpload> List(string bucket) =>
        session.Query("SELECT upload FROM s3_upload WHERE bucket = ?1 ORDER BY key, initiated", ReadUpload, bucket);

    public List<MultipartUpload> Older(string bucket, DateTimeOffset than) =>
        session.Query(
            "SELECT upload FROM s3_upload WHERE bucket = ?1 AND initiated < ?2",
            ReadUpload,
            bucket,
            than.ToUnixTimeMilliseconds()
        );

    public List<UploadedPart> Parts(string uploadId) =>
        session.Query(
            "SELECT part, modified FROM s3_part WHERE upload_id = ?1 ORDER BY number",
            row => new UploadedPart(
                JsonSerializer.Deserialize<ObjectPart>(row.GetString(0))!,
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))
            ),
            uploadId
        );

    /// <returns>The part of the same number that it replaces.</returns>
    public ObjectPart? PutPart(string uploadId, ObjectPart part, DateTimeOffset now)
    {
        var replaced = Parts(uploadId).Find(known => known.Part.Number == part.Number)?.Part;
        session.Execute(
            "INSERT INTO s3_part (upload_id, number, modified, part) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET "
                + "modified = ?3, part = ?4",
            uploadId,
            part.Number,
            now.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(part)
        );
        return replaced;
    }

    public void Remove(string uploadId)
    {
        session.Execute("DELETE FROM s3_upload WHERE upload_id = ?1", uploadId);
        session.Execute("DELETE FROM s3_part WHERE upload_id = ?1", uploadId);
    }

    private static MultipartUpload ReadUpload(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        JsonSerializer.Deserialize<MultipartUpload>(row.GetString(0))!;
}

internal sealed record UploadedPart(ObjectPart Part, DateTimeOffset ModifiedAt);
