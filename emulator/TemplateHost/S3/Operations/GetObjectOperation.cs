using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>GetObject and HeadObject.</summary>
internal sealed class GetObjectOperation(HostContext context, ObjectFinder finder)
{
    public Task<AwsResponse> RunAsync(S3Call call)
    {
        var (bucket, version) = finder.Find(call, "GetObject", "GetObjectVersion");
        ResponseOverrides.Demand(call);
        context.Meter.Add("s3.get");
        if (Preconditions.Answer(call.Request, version, context.Time.GetUtcNow()) is { } unchanged)
        {
            return Task.FromResult(unchanged);
        }

        var range = call.Value("partNumber") is null
            ? ByteRange.Read(call.Request.Header("Range"), version.Size)
            : ByteRange.OfPart(version, call.Number("partNumber", 1, 10_000));
        var sent = range ?? new ByteRange(0, version.Size - 1);
        var isHead = call.Request.Method == "HEAD";
        var response = new AwsResponse
        {
            Status = range is null ? 200 : 206,
            WriteBody = isHead ? null : new BlobSender(context.Blobs, version, sent).WriteAsync,
        };
        Describe(response, bucket, version, call);
        response.Headers["Content-Length"] = sent.Length.ToString(CultureInfo.InvariantCulture);
        if (range is not null)
        {
            response.Headers["Content-Range"] = $"bytes {range.First}-{range.Last}/{version.Size}";
        }

        return Task.FromResult(response);
    }

    private static void Describe(AwsResponse response, Bucket bucket, ObjectVersion version, S3Call call)
    {
        var wholeObject = call.Request.Header("Range") is null;
        var withChecksum = wholeObject && call.Request.Header("x-amz-checksum-mode")?.ToUpperInvariant() == "ENABLED";
        ObjectWriter.Describe(response, bucket, withChecksum ? version : version with { Checksum = null });
        foreach (var (name, value) in version.Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers["Accept-Ranges"] = "bytes";
        response.Headers["Last-Modified"] = version.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        if (call.Value("partNumber") is not null && version.IsMultipart)
        {
            response.Headers["x-amz-mp-parts-count"] = version.Parts.Count.ToString(CultureInfo.InvariantCulture);
        }

        Describe(response, version.Lock);
        if (version.Tags.Count > 0)
        {
            response.Headers["x-amz-tagging-count"] = version.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        ResponseOverrides.Apply(response, call);
    }

    private static void Describe(AwsResponse response, ObjectLock kept)
    {
        if (kept is { Mode: { } mode, RetainUntil: { } until })
        {
            response.Headers["x-amz-object-lock-mode"] = mode;
            response.Headers["x-amz-object-lock-retain-until-date"] = S3Xml.Time(until);
        }

        if (kept.LegalHold)
        {
            response.Headers["x-amz-object-lock-legal-hold"] = "ON";
        }
    }
}
