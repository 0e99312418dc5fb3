using System.Collections.Concurrent;
using System.Text.Json;
using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Storage;

/// <summary>The buckets: kept in the store, asked from memory.</summary>
internal sealed class BucketStore
{
    private readonly IStore store;
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    public BucketStore(IStore store)
    {
        this.store = store;
        store.Define("CREATE TABLE IF NOT EXISTS s3_bucket (name TEXT PRIMARY KEY, bucket TEXT NOT NULL)");
        foreach (var json in store.Read(session => session.Query("SELECT bucket FROM s3_bucket", row => row.GetString(0))))
        {
            var bucket = JsonSerializer.Deserialize<Bucket>(json)!;
            buckets[bucket.Name] = bucket;
        }
    }

    public IReadOnlyList<Bucket> All => [.. buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    public Bucket? Find(string name) => buckets.GetValueOrDefault(name);

    /// <exception cref="Kernel.AwsException">NoSuchBucket.</exception>
    public Bucket Get(string name) => Find(name) ?? throw S3Errors.NoSuchBucket();

    public async Task PutAsync(Bucket bucket)
    {
        await store.WriteAsync(session =>
            session.Execute(
                "INSERT INTO s3_bucket (name, bucket) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET bucket = ?2",
                bucket.Name,
                JsonSerializer.Serialize(bucket)
            )
        );
        buckets[bucket.Name] = bucket;
    }

    public async Task DeleteAsync(string name)
    {
        await store.WriteAsync(session => session.Execute("DELETE FROM s3_bucket WHERE name = ?1", name));
        buckets.TryRemove(name, out _);
    }
}
