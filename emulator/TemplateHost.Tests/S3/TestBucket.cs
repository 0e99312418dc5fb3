using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using TemplateHost.Hosting;
using TemplateHost.Testing;

namespace TemplateHost.Tests.S3;

/// <summary>A host with one versioned bucket, and a client.</summary>
internal sealed class TestBucket : IAsyncDisposable
{
    public const string Name = "documents";

    public const string Template = """
        { "Resources": {
          "Documents": { "Type": "AWS::S3::Bucket", "Properties": {
            "BucketName": "documents", "VersioningConfiguration": { "Status": "Enabled" },
            "CorsConfiguration": { "CorsRules": [ { "AllowedHeaders": ["*"], "AllowedMethods": ["PUT"],
              "AllowedOrigins": ["https://*.example"], "ExposedHeaders": ["ETag"] } ] } } },
          "Reader": { "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } } } ] },
            "Policies": [ { "PolicyName": "read", "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "s3:GetObject",
              "Resource": { "Fn::Sub": "${Documents.Arn}/public/*" } } ] } } ] } } } }
        """;

    private TestBucket(SdkHost host)
    {
        Host = host;
        Client = ClientOf(host.Root);
    }

    public SdkHost Host { get; }

    public AmazonS3Client Client { get; }

    public static async Task<TestBucket> StartAsync(TimeProvider? time = null) =>
        new(await SdkHost.StartAsync(Template, new EmbeddedHostOptions { Time = time ?? TimeProvider.System }));

    public AmazonS3Client ClientOf(Amazon.Runtime.AWSCredentials credentials)
    {
        var config = Host.Configure(new AmazonS3Config { ForcePathStyle = true });
        return new AmazonS3Client(credentials, config);
    }

    public Task<PutObjectResponse> PutAsync(string key, byte[] body, string? sha256 = null) =>
        Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Name,
                Key = key,
                InputStream = new MemoryStream(body),
                ChecksumSHA256 = sha256,
            }
        );

    public async Task<byte[]> GetAsync(string key, string? version = null)
    {
        using var answer = await Client.GetObjectAsync(Name, key, version);
        using var body = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(body);
        return body.ToArray();
    }

    public static string Sha256(byte[] body) => Convert.ToBase64String(SHA256.HashData(body));

    public static byte[] Octets(int length)
    {
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        return octets;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
