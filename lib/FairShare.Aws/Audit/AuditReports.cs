using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Audit.Findings;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Audit;

/// <summary>The bucket of the auditor: its reports, and how far it has come.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="name">The bucket's name.</param>
public sealed class AuditReports(IAmazonS3 client, string name)
{
    /// <summary>The key of the cursor.</summary>
    public const string CursorKey = "cursor.json";

    /// <summary>What the keys of reports begin with.</summary>
    public const string ReportPrefix = "reports/";

    private static readonly HttpStatusCode[] IsThere = [HttpStatusCode.PreconditionFailed];
    private static readonly HttpStatusCode[] LostToAnother = [HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict];

    /// <summary>Reads how far the audits have come.</summary>
    /// <returns>The cursor and its ETag; the start and null before the first audit.</returns>
    public async Task<(AuditCursor Cursor, string? ETag)> ReadCursorAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = name, Key = CursorKey },
                cancellationToken
            );
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            return (AuditCursor.Read(content.ToArray()), response.ETag);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            return (AuditCursor.Start, null);
        }
    }

    /// <summary>Puts a cursor in the place of the one that was read.</summary>
    /// <returns>False where another audit put its own meanwhile; then nothing has changed.</returns>
    public Task<bool> TryWriteCursorAsync(AuditCursor cursor, string? before, CancellationToken cancellationToken) =>
        TryPutAsync(Request(CursorKey, cursor.Write(), "application/json"), before, LostToAnother, cancellationToken);

    /// <summary>
    /// Puts a report: the page, and the findings. No report takes the place of another: where there is one of the same time already, a
    /// number stands behind the time.
    /// </summary>
    /// <exception cref="AmazonS3Exception">The findings met another write of the same key, and were not put.</exception>
    public async Task WriteAsync(AuditReport report, CancellationToken cancellationToken)
    {
        var first = $"{ReportPrefix}{Timestamp.Format(report.Options.Now)}";
        var key = first;
        for (var number = 2; !await PutAsync($"{key}.html", AuditFiles.ToHtml(report), "text/html; charset=utf-8", LostToAnother); number++)
        {
            key = $"{first}-{number}";
        }

        // Who has the page has the key: what stands there already is what the SDK put before it tried again.
        await PutAsync($"{key}.jsonl", AuditFiles.ToJsonLines(report), "application/jsonl", IsThere);

        Task<bool> PutAsync(string name, string content, string type, IReadOnlyCollection<HttpStatusCode> refusals) =>
            TryPutAsync(Request(name, Encoding.UTF8.GetBytes(content), type), null, refusals, cancellationToken);
    }

    // In the place of what has this ETag; of nothing, where that is null. Refused in one of these ways, it was not put.
    private async Task<bool> TryPutAsync(
        PutObjectRequest request,
        string? before,
        IReadOnlyCollection<HttpStatusCode> refusals,
        CancellationToken cancellationToken
    )
    {
        request.IfMatch = before;
        request.IfNoneMatch = before is null ? "*" : null;
        try
        {
            await client.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception refused) when (refusals.Contains(refused.StatusCode))
        {
            return false;
        }
    }

    private PutObjectRequest Request(string key, byte[] content, string type) =>
        new()
        {
            BucketName = name,
            Key = key,
            InputStream = new MemoryStream(content),
            ContentType = type,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };
}
