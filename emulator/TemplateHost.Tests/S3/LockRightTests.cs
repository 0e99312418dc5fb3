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
              "Action": [ "s3:DeleteObjectVersion", "s3:GetObject" ], "Resource": { "Fn::Sub": "${Kept.Arn}/*" } } ] } } ] } },
          "Writer": { "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } } } ] },
            "Policies": [ { "PolicyName": "write", "PolicyDocument": { "Statement": [ { "Effect": "Allow",
              "Action": [ "s3:PutObject" ], "Resource": { "Fn::Sub": "${Kept.Arn}/*" } } ] } } ] } } } }
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
    public async Task Put_WithALockOfItsOwn_DemandsTheRightToIt()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var writer = new AmazonS3Client(
            SdkHost.Of(host.Host.CredentialsFor("Writer")),
            host.Configure(new AmazonS3Config { ForcePathStyle = true })
        );
        PutObjectRequest Request() =>
            new()
            {
                BucketName = "kept",
                Key = "k",
                ContentBody = "x",
            };
        await writer.PutObjectAsync(Request());

        var retained = Request();
        (retained.ObjectLockMode, retained.ObjectLockRetainUntilDate) = (ObjectLockMode.Governance, DateTime.UnixEpoch.AddYears(100));
        var held = Request();
        held.ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On;

        foreach (var (request, right) in new[] { (retained, "s3:PutObjectRetention"), (held, "s3:PutObjectLegalHold") })
        {
            var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => writer.PutObjectAsync(request));
            Assert.Contains(right, refusal.Message, StringComparison.Ordinal);
        }
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
