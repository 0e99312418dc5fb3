using System.Globalization;

namespace TemplateHost.Gateway.Signing;

/// <summary>What a signed request says of its own signature, in a header or, presigned, in the query.</summary>
/// <param name="Time">When it was signed, as sent: <c>yyyyMMddTHHmmssZ</c>.</param>
/// <param name="Lifetime">How long a presigned URL is good; null for a header.</param>
internal sealed record SignatureClaim(
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string Signature,
    string Time,
    string? SecurityToken,
    TimeSpan? Lifetime
)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public bool IsPresigned => Lifetime is not null;

    public DateTimeOffset? SignedAt =>
        DateTimeOffset.TryParseExact(
            Time,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>What a request says of its signature, read once for all who ask.</summary>
    /// <returns>No claim where there is no signature, and where it cannot be read: the fault then says why.</returns>
    public static (SignatureClaim? Claim, FormatException? Fault) Try(WireRequest request)
    {
        try
        {
            return (Read(request), null);
        }
        catch (FormatException malformed)
        {
            return (null, malformed);
        }
    }

    /// <summary>Null when the request carries no signature at all.</summary>
    /// <exception cref="FormatException">A signature that cannot be read.</exception>
    private static SignatureClaim? Read(WireRequest request)
    {
        if (request.Header("Authorization") is { } authorization && !authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return FromHeader(request, authorization);
        }

        var query = QueryText.Parse(request.RawQuery);
        if (query.Exists(pair => pair.Key == "AWSAccessKeyId"))
        {
            throw new FormatException("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        }

        return query.Exists(pair => pair.Key == "X-Amz-Signature") ? FromQuery(query) : null;
    }

    private static SignatureClaim FromHeader(WireRequest request, string authorization)
    {
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw new FormatException("Unsupported authorization type.");
        }

        var fields = authorization[Algorithm.Length..]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .ToLookup(field => field[0], field => field[1]);
        return new SignatureClaim(
            ScopeOf(fields["Credential"].FirstOrDefault()),
            HeadersOf(fields["SignedHeaders"].FirstOrDefault()),
            fields["Signature"].FirstOrDefault() ?? throw new FormatException("Authorization header requires 'Signature' parameter."),
            request.Header("X-Amz-Date")
                ?? throw new FormatException("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."),
            request.Header("X-Amz-Security-Token"),
            null
        );
    }

    private static SignatureClaim FromQuery(List<KeyValuePair<string, string>> query)
    {
        string? Value(string name) => query.Find(pair => pair.Key == name).Value;
        var seconds = int.TryParse(Value("X-Amz-Expires"), CultureInfo.InvariantCulture, out var given) ? given : -1;
        return Value("X-Amz-Algorithm") != Algorithm ? throw new FormatException("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\".")
            : seconds < 0 ? throw new FormatException("X-Amz-Expires must be a number of seconds.")
            : seconds > 604_800 ? throw new FormatException("X-Amz-Expires must be less than a week (in seconds) that is 604800.")
            : new SignatureClaim(
                ScopeOf(Value("X-Amz-Credential")),
                HeadersOf(Value("X-Amz-SignedHeaders")),
                Value("X-Amz-Signature")!,
                Value("X-Amz-Date") ?? throw new FormatException("X-Amz-Date must be given."),
                Value("X-Amz-Security-Token"),
                TimeSpan.FromSeconds(seconds)
            );
    }

    private static CredentialScope ScopeOf(string? credential) =>
        CredentialScope.TryParse(credential ?? "")
        ?? throw new FormatException("The credential is malformed; expecting \"<key>/YYYYMMDD/REGION/SERVICE/aws4_request\".");

    private static string[] HeadersOf(string? names) =>
        (names ?? throw new FormatException("The request names no signed headers.")).ToLowerInvariant().Split(';');
}

/// <summary>What a signature is good for: one key, one day, one region, one service.</summary>
internal sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    public string Text => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Null when the text has another form than <c>key/date/region/service/aws4_request</c>.</summary>
    public static CredentialScope? TryParse(string text) =>
        text.Split('/') is [var key, { Length: 8 } date, var region, var service, "aws4_request"]
            ? new CredentialScope(key, date, region, service)
            : null;
}
