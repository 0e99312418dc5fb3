namespace TemplateHost.Gateway.Signing;

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
