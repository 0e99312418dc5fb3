using Amazon.S3;
using Amazon.S3.Model;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.S3;

/// <summary>Who may delete a version is not therewith who may pass by its retention.</summary>
public sealed class LockRightTests
{
    private const string Template = """
        { "Resources": {
          "Kept": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "kept", "ObjectLockEnabled": true,
            "VersioningConfiguration": { "Status": "Enabled" },
            "ObjectLockConfiguration": { "ObjectLockEnabled": "Enabled", "Rule": { "DefaultRetention": { "Mode": "GOVERNANCE",
              "Days": 1 } } } } },
          "Deleter": { "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } } } ] },
            "Policies": [ { "PolicyName": "delete", "PolicyDocument": { "Statement": [ { "Effect": "Allow",
              "Action": [ "s3:DeleteObjectVersion", "s3:GetObject" ], "Resource": { "Fn::Sub": "${Kept.Arn}/*" } } ] } } ] } } } }
        """;

    [Fact]
    public async Task Governance_WithoutTheRightToBypass_Keeps()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var root = new AmazonS3Client(host.Root, host.Configure(new AmazonS3Config { ForcePathStyle = true }));
        using var deleter = new AmazonS3Client(
            SdkHost.Of(host.Host.CredentialsFor("Deleter")),
            host.Configure(new AmazonS3Config { ForcePathStyle = true })
        );
        var version = (
            await root.PutObjectAsync(
                new()
                {
                    BucketName = "kept",
                    Key = "k",
                    ContentBody = "x",
                }
            )
        ).VersionId;
        DeleteObjectRequest Bypassing() =>
            new()
            {
                BucketName = "kept",
                Key = "k",
                VersionId = version,
                BypassGovernanceRetention = true,
            };

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => deleter.DeleteObjectAsync(Bypassing()));

        Assert.Contains("s3:BypassGovernanceRetention", refusal.Message, StringComparison.Ordinal);
        await root.DeleteObjectAsync(Bypassing());
    }

    [Fact]
    public async Task Attributes_OfAMissingObject_DemandTheirOwnRightFirst()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var deleter = new AmazonS3Client(
            SdkHost.Of(host.Host.CredentialsFor("Deleter")),
            host.Configure(new AmazonS3Config { ForcePathStyle = true })
        );

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            deleter.GetObjectAttributesAsync(
                new()
                {
                    BucketName = "kept",
                    Key = "none",
                    ObjectAttributes = [ObjectAttributes.ETag],
                }
            )
        );

        Assert.Contains("s3:GetObjectAttributes", refusal.Message, StringComparison.Ordinal);
    }
}
