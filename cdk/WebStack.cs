using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Web;

namespace FairShare.Cdk;

/// <summary>What the stack of the page is made of.</summary>
public sealed class WebStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>The headers of every answer, as <c>client/web/headers.json</c> has them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>A domain and a firewall of its own.</summary>
    public required PagePlace Place { get; init; }
}

/// <summary>The web page of a service in the same region; composition only. Its files are put into the bucket by hand.</summary>
public sealed class WebStack : Stack
{
    public WebStack(Construct scope, string id, WebStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var api = Parameter("ApiUrl", "The service's address: the output ApiUrl of its stack.", "https://[a-z0-9.-]+/?");
        var documents = Bucket("DocumentBucketName", "Where documents lie: the output of the service's stack.");
        var vault = Bucket("VaultBucketName", "Where the vault's objects lie: the output of the service's stack.");
        var headers = PageHeaders.Of(this, "Headers", props.Headers, documents, vault, $"https://cognito-idp.{Region}.{UrlSuffix}");
        var domain = Fn.Select(2, Fn.Split("/", api));
        var page = new PageDistribution(this, "Page", new PageDistributionProps(props.Stage, domain, headers, props.Place));
        _ = new CfnOutput(this, "PageUrl", new CfnOutputProps { Value = $"https://{page.Distribution.DistributionDomainName}" });
        _ = new CfnOutput(this, "PageBucketName", new CfnOutputProps { Value = page.Bucket.BucketName });
        _ = new CfnOutput(this, "DistributionId", new CfnOutputProps { Value = page.Distribution.DistributionId });
    }

    // The origin at which the bucket of that name answers.
    private string Bucket(string name, string description) =>
        $"https://{Parameter(name, description, "[a-z0-9.-]{3,63}")}.s3.{Region}.{UrlSuffix}";

    private string Parameter(string name, string description, string pattern) =>
        new CfnParameter(
            this,
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = description,
                AllowedPattern = pattern,
            }
        ).ValueAsString;
}
