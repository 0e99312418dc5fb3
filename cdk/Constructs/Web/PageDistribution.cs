using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using CloudFrontFunction = Amazon.CDK.AWS.CloudFront.Function;
using CloudFrontFunctionProps = Amazon.CDK.AWS.CloudFront.FunctionProps;

namespace FairShare.Cdk.Constructs.Web;

/// <summary>What the page's distribution is made of.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="ApiDomain">The domain of the service's HTTP API.</param>
/// <param name="Headers">The headers of every answer of the page.</param>
/// <param name="Place">A domain and a firewall of its own.</param>
public sealed record PageDistributionProps(DeploymentStage Stage, string ApiDomain, ResponseHeadersPolicy Headers, PagePlace Place);

/// <summary>A domain of its own with its certificate, and a firewall; null for none.</summary>
/// <param name="Domain">For example <c>exchange.example.com</c>.</param>
/// <param name="CertificateArn">Its certificate, in us-east-1.</param>
/// <param name="FirewallArn">A web ACL of CloudFront's.</param>
public sealed record PagePlace(string? Domain, string? CertificateArn, string? FirewallArn)
{
    /// <summary>As the context says: <c>domain</c>, <c>certificate</c>, <c>firewall</c>.</summary>
    /// <exception cref="ArgumentException">A domain without a certificate, or the other way round.</exception>
    public static PagePlace FromContext(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var own = DeploymentContext.Both(node, "domain", "certificate");
        return new PagePlace(own?.First, own?.Second, DeploymentContext.Text(node, "firewall"));
    }
}

/// <summary>A private bucket behind CloudFront, with the API beneath <c>/api</c>: one origin to the browser.</summary>
public sealed class PageDistribution : Construct
{
    // What CloudFront calls the API by, the API does not know.
    private const string RemovePrefix =
        "function handler(event) { var request = event.request; request.uri = request.uri.replace(/^\\/api(?=\\/|$)/, '') || '/'; "
        + "return request; }";

    // A link of the vault, https://HOST/v#CODE, is one of the page.
    private const string ServeVaultLinks =
        "function handler(event) { var request = event.request; if (request.uri === '/v') { request.uri = '/index.html'; } "
        + "return request; }";

    public PageDistribution(Construct scope, string id, PageDistributionProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        Bucket = new Bucket(this, "Files", PrivateBucket.Of(props.Stage, isVersioned: true));
        Distribution = new Distribution(
            this,
            "Distribution",
            new DistributionProps
            {
                Comment = $"FairShare's page ({props.Stage.Name})",
                DefaultRootObject = "index.html",
                HttpVersion = HttpVersion.HTTP2_AND_3,
                MinimumProtocolVersion = SecurityPolicyProtocol.TLS_V1_2_2021,
                DomainNames = props.Place.Domain is { } domain ? [domain] : null,
                Certificate = props.Place.CertificateArn is { } arn ? Certificate.FromCertificateArn(this, "Certificate", arn) : null,
                WebAclId = props.Place.FirewallArn,
                DefaultBehavior = new BehaviorOptions
                {
                    Origin = S3BucketOrigin.WithOriginAccessControl(Bucket),
                    ViewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                    ResponseHeadersPolicy = props.Headers,
                    Compress = true,
                    FunctionAssociations = [AtRequest("VaultLinks", ServeVaultLinks, "Serves the page to links of the vault")],
                },
                AdditionalBehaviors = new Dictionary<string, IBehaviorOptions> { ["/api/*"] = Api(props) },
            }
        );
    }

    public Bucket Bucket { get; }

    public Distribution Distribution { get; }

    private BehaviorOptions Api(PageDistributionProps props) =>
        new()
        {
            Origin = new HttpOrigin(props.ApiDomain, new HttpOriginProps { ProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY }),
            AllowedMethods = AllowedMethods.ALLOW_ALL,
            CachePolicy = CachePolicy.CACHING_DISABLED,
            OriginRequestPolicy = OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            ViewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY,
            ResponseHeadersPolicy = props.Headers,
            FunctionAssociations = [AtRequest("RemovePrefix", RemovePrefix, "Takes /api off, beneath which the page has the API")],
        };

    private FunctionAssociation AtRequest(string id, string code, string comment) =>
        new()
        {
            EventType = FunctionEventType.VIEWER_REQUEST,
            Function = new CloudFrontFunction(
                this,
                id,
                new CloudFrontFunctionProps
                {
                    Code = FunctionCode.FromInline(code),
                    Runtime = FunctionRuntime.JS_2_0,
                    Comment = comment,
                }
            ),
        };
}
