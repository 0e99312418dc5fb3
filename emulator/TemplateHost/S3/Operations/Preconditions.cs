using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>Conditional reads, RFC 9110 section 13.</summary>
internal static class Preconditions
{
    /// <summary>
    /// 304 when the reader has the version already; null when it is to be sent. A date that is still to come says nothing.
    /// </summary>
    /// <exception cref="AwsException">PreconditionFailed.</exception>
    public static AwsResponse? Answer(AwsRequest request, ObjectVersion version, DateTimeOffset now)
    {
        if (request.Header("If-Match") is { } wanted)
        {
            return Names(wanted, version) ? null : throw S3Errors.PreconditionFailed("If-Match");
        }

        if (Date(request.Header("If-Unmodified-Since")) is { } until && Truncated(version.ModifiedAt) > until)
        {
            throw S3Errors.PreconditionFailed("If-Unmodified-Since");
        }

        var unchanged = request.Header("If-None-Match") is { } known
            ? Names(known, version)
            : Date(request.Header("If-Modified-Since")) is { } since && since <= now && Truncated(version.ModifiedAt) <= since;
        if (!unchanged)
        {
            return null;
        }

        var response = new AwsResponse { Status = 304 };
        response.Headers["ETag"] = $"\"{version.ETag}\"";
        return response;
    }

    /// <summary>The conditions of a copy on its source.</summary>
    /// <exception cref="AwsException">PreconditionFailed.</exception>
    public static void DemandSource(AwsRequest request, ObjectVersion source)
    {
        const string Prefix = "x-amz-copy-source-if-";
        if (
            (request.Header(Prefix + "match") is { } wanted && !Names(wanted, source))
            || (request.Header(Prefix + "none-match") is { } known && Names(known, source))
            || Date(request.Header(Prefix + "unmodified-since")) < Truncated(source.ModifiedAt)
            || Date(request.Header(Prefix + "modified-since")) >= Truncated(source.ModifiedAt)
        )
        {
            throw S3Errors.PreconditionFailed(Prefix + "*");
        }
    }

    private static bool Names(string tags, ObjectVersion version) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == version.ETag);

    private static DateTimeOffset? Date(string? header) =>
        DateTimeOffset.TryParseExact(header, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>HTTP dates know no fractions of a second.</summary>
    private static DateTimeOffset Truncated(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
