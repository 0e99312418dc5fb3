using System.Text;

namespace TemplateHost.Gateway.Signing;

/// <summary>The octets that a Signature Version 4 is over: method, path, query, signed headers, payload digest.</summary>
internal static class CanonicalRequest
{
    public static string Build(WireRequest request, SignatureClaim claim, string payloadDigest)
    {
        var text = new StringBuilder();
        text.Append(request.Method)
            .Append('\n')
            .Append(Path(request.RawPath, claim.Scope.Service))
            .Append('\n')
            .Append(Query(request.RawQuery))
            .Append('\n');
        foreach (var name in claim.SignedHeaders)
        {
            text.Append(name).Append(':').Append(Collapse(request.Header(name) ?? "")).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', claim.SignedHeaders).Append('\n').Append(payloadDigest).ToString();
    }

    /// <summary>Everything but S3 encodes the path once more; of an S3 key every slash stands, however it was sent.</summary>
    private static string Path(string rawPath, string service)
    {
        if (service == "s3")
        {
            return string.Join('/', Uri.UnescapeDataString(rawPath).Split('/').Select(Encode));
        }

        return string.Join('/', rawPath.Split('/').Select(segment => Encode(Encode(Uri.UnescapeDataString(segment)))));
    }

    private static string Query(string rawQuery)
    {
        var pairs = QueryText
            .Parse(rawQuery)
            .Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    /// <summary>RFC 3986: all but the unreserved characters.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Collapse(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
