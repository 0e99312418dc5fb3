using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Constructs;

namespace FairShare.Cdk.Constructs.Web;

/// <summary>The headers of every answer, from <c>client/web/headers.json</c>, where <c>fairshare up</c> reads them too.</summary>
public static class PageHeaders
{
    private const string ContentSecurity = "Content-Security-Policy";
    private const string TransportSecurity = "Strict-Transport-Security";
    private const string ContentType = "X-Content-Type-Options";
    private const string Frames = "X-Frame-Options";
    private const string Referrer = "Referrer-Policy";

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path from the project's root.</param>
    public static IReadOnlyDictionary<string, string> Read(string path = "client/web/headers.json") =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!;

    /// <summary>The policy with which CloudFront adds them.</summary>
    /// <param name="scope">The stack.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="documents">The origin of documents, which are uploaded and downloaded.</param>
    /// <param name="vault">The origin of the vault's objects.</param>
    /// <param name="identity">The origin of the user pool.</param>
    public static ResponseHeadersPolicy Of(
        Construct scope,
        string id,
        IReadOnlyDictionary<string, string> headers,
        string documents,
        string vault,
        string identity
    )
    {
        ArgumentNullException.ThrowIfNull(headers);
        var policy = headers[ContentSecurity]
            .Replace("{documents}", documents, StringComparison.Ordinal)
            .Replace("{vault}", vault, StringComparison.Ordinal)
            .Replace("{identity}", identity, StringComparison.Ordinal);
        var made = new ResponseHeadersPolicy(
            scope,
            id,
            new ResponseHeadersPolicyProps
            {
                Comment = "The headers of FairShare's page",
                SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
                {
                    ContentSecurityPolicy = new ResponseHeadersContentSecurityPolicy { ContentSecurityPolicy = policy, Override = true },
                    ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
                    FrameOptions = new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true },
                    ReferrerPolicy = new ResponseHeadersReferrerPolicy
                    {
                        ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER,
                        Override = true,
                    },
                    StrictTransportSecurity = new ResponseHeadersStrictTransportSecurity
                    {
                        AccessControlMaxAge = Duration.Seconds(31536000),
                        IncludeSubdomains = true,
                        Override = true,
                    },
                },
                CustomHeadersBehavior = new ResponseCustomHeadersBehavior
                {
                    CustomHeaders =
                    [
                        .. headers
                            .Where(header => header.Key is not (ContentSecurity or TransportSecurity or ContentType or Frames or Referrer))
                            .Append(new("Cache-Control", "no-cache"))
                            .Select(header => new ResponseCustomHeader
                            {
                                Header = header.Key,
                                Value = header.Value,
                                Override = true,
                            }),
                    ],
                },
            }
        );
        return made;
    }
}
