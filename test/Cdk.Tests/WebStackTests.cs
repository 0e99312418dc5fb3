using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

public sealed class WebStackTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Headers_OfTheDistribution_AreThoseOfTheFile(string stage)
    {
        var file = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Programs.Root, "client", "web", "headers.json"))
        )!;
        var config = Single(stage, "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]!;
        var (security, custom) = (config["SecurityHeadersConfig"]!, config["CustomHeadersConfig"]!["Items"]!.AsArray());
        var transport = security["StrictTransportSecurity"]!;
        var found = custom.ToDictionary(header => $"{header!["Header"]}", header => $"{header!["Value"]}");
        found["Content-Security-Policy"] = PolicyOf(security["ContentSecurityPolicy"]!["ContentSecurityPolicy"]!);
        found["Strict-Transport-Security"] =
            $"max-age={transport["AccessControlMaxAgeSec"]}" + ((bool)transport["IncludeSubdomains"]! ? "; includeSubDomains" : "");
        found["X-Content-Type-Options"] = security["ContentTypeOptions"] is null ? "" : "nosniff";
        found["X-Frame-Options"] = $"{security["FrameOptions"]!["FrameOption"]}";
        found["Referrer-Policy"] = $"{security["ReferrerPolicy"]!["ReferrerPolicy"]}";

        Assert.True(found.Remove("Cache-Control"));
        Assert.Equal(file.OrderBy(header => header.Key), found.OrderBy(header => header.Key));
    }

    [Fact]
    public void Distribution_OfEveryBehavior_HasTheHeadersAndHttpsAlone()
    {
        var config = Single("prod", "AWS::CloudFront::Distribution")["DistributionConfig"]!;
        JsonNode[] behaviors = [config["DefaultCacheBehavior"]!, .. config["CacheBehaviors"]!.AsArray().Select(behavior => behavior!)];

        Assert.Equal("/api/*", $"{behaviors[1]["PathPattern"]}");
        Assert.All(behaviors, behavior => Assert.NotNull(behavior["ResponseHeadersPolicyId"]));
        Assert.All(behaviors, behavior => Assert.NotEqual("allow-all", $"{behavior["ViewerProtocolPolicy"]}"));
    }

    [Fact]
    public void Bucket_OfThePage_IsReadByTheDistributionAlone()
    {
        var bucket = Single("prod", "AWS::S3::Bucket")["PublicAccessBlockConfiguration"]!.AsObject();
        var statements = Single("prod", "AWS::S3::BucketPolicy")["PolicyDocument"]!["Statement"]!.AsArray();
        var allowing = Assert.Single(statements, statement => $"{statement!["Effect"]}" == "Allow")!;

        Assert.All(bucket, block => Assert.True((bool)block.Value!));
        Assert.Equal(("s3:GetObject", "cloudfront.amazonaws.com"), ($"{allowing["Action"]}", $"{allowing["Principal"]!["Service"]}"));
        Assert.NotNull(allowing["Condition"]!["StringEquals"]!["AWS:SourceArn"]);
    }

    private static JsonNode Single(string stage, string type) => Assert.Single(Template.OfPage(stage).Of(type)).Resource["Properties"]!;

    // The origins that only the deployment knows are joined in by CloudFormation.
    private static string PolicyOf(JsonNode joined)
    {
        var pieces = joined["Fn::Join"]![1]!.AsArray();
        var text = string.Concat(pieces.Select(piece => piece is JsonValue ? $"{piece}" : $"<{piece!["Ref"]}>"));
        return text.Replace("https://<DocumentBucketName>.s3.<AWS::Region>.<AWS::URLSuffix>", "{documents}", StringComparison.Ordinal)
            .Replace("https://<VaultBucketName>.s3.<AWS::Region>.<AWS::URLSuffix>", "{vault}", StringComparison.Ordinal)
            .Replace("https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>", "{identity}", StringComparison.Ordinal);
    }
}
