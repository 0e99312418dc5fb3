using System.Globalization;

namespace FairShare.Aws.Objects;

/// <summary>
/// The headers with which S3 answers a download, whatever was said at the upload: with a Content-Encoding of the uploader's an HTTP client
/// would show other bytes than those of the digest.
/// </summary>
internal static class DownloadHeaders
{
    /// <summary>Query parameters of a GET.</summary>
    /// <param name="disposition">The Content-Disposition.</param>
    /// <param name="mediaType">The Content-Type.</param>
    public static Dictionary<string, string> Of(string disposition, string mediaType) =>
        new()
        {
            ["response-cache-control"] = "private, no-store, no-transform",
            ["response-content-disposition"] = disposition,
            ["response-content-encoding"] = "identity",
            ["response-content-language"] = "und",
            ["response-content-type"] = mediaType,
            ["response-expires"] = DateTimeOffset.UnixEpoch.ToString("R", CultureInfo.InvariantCulture),
        };
}
