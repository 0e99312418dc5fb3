using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>Reads a stream's records. A stream has one shard, so all its records are in one order, that of their transactions.</summary>
internal sealed class StreamReader(StoredTable table, string label, string region)
{
    private const int MostRecords = 1000;
    private const int LargestAnswer = 1 << 20;

    /// <summary>The one shard's id.</summary>
    public const string ShardId = "shardId-00000000000000000000-00000001";

    public string Arn => $"{table.Definition.Arn}/stream/{label}";

    /// <summary>Whether the table still writes to it.</summary>
    public bool IsOpen => table.Definition.StreamLabel == label;

    /// <summary>Records from a sequence number on, up to a count and 1 MB.</summary>
    /// <returns>The records, and the sequence number at which the next read goes on.</returns>
    public (JsonArray Records, long Next) Read(StoreSession session, long from, int limit)
    {
        var rows = session.Query(
            "SELECT sequence, record FROM ddb_stream WHERE table_id = ?1 AND label = ?2 AND sequence >= ?3 ORDER BY sequence LIMIT ?4",
            row => (Sequence: row.GetInt64(0), Record: row.GetString(1)),
            table.Id,
            label,
            from,
            Math.Min(limit, MostRecords)
        );
        var (records, size, next) = (new JsonArray(), 0, from);
        foreach (var (sequence, record) in rows)
        {
            size += record.Length;
            if (records.Count > 0 && size > LargestAnswer)
            {
                break;
            }

            records.Add(Complete((JsonObject)DeepJson.Parse(record)!, sequence));
            next = sequence + 1;
        }

        return (records, next);
    }

    /// <summary>The first sequence number that is kept; where the stream is empty, the one that comes next.</summary>
    public long Oldest(StoreSession session) =>
        session.Query(
            "SELECT min(sequence) FROM ddb_stream WHERE table_id = ?1 AND label = ?2",
            row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0),
            table.Id,
            label
        )[0]
        ?? Latest(session);

    /// <summary>The sequence number after the newest record of all streams: what is written from now on is not below it.</summary>
    public static long Latest(StoreSession session) =>
        session.Query("SELECT seq FROM sqlite_sequence WHERE name = 'ddb_stream'", row => row.GetInt64(0)) is [var last] ? last + 1 : 1;

    public static string Number(long sequence) => sequence.ToString("D21", CultureInfo.InvariantCulture);

    private JsonObject Complete(JsonObject record, long sequence)
    {
        record["eventID"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Arn}/{sequence}"))[..16]);
        record["eventVersion"] = "1.1";
        record["eventSource"] = "aws:dynamodb";
        record["awsRegion"] = region;
        record["dynamodb"]!["SequenceNumber"] = Number(sequence);
        return record;
    }
}
