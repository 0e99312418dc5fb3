using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.S3;
using Amazon.S3.Model;

namespace FairShare.Aws.Canary;

/// <summary>A party of the canary's own.</summary>
/// <param name="Address">The address of its account, which the operator has signed up.</param>
/// <param name="Password">The account's password; it protects the key, too.</param>
public sealed record CanaryParty(string Address, string Password)
{
    /// <summary>The thumbprint of its key; null before the first exchange.</summary>
    public string? Kid { get; init; }

    /// <summary>Its key, encrypted, as PEM.</summary>
    public string? Key { get; init; }
}

/// <summary>The two parties of the canary.</summary>
/// <param name="Uploader">Who uploads.</param>
/// <param name="Downloader">Who gives receipts, and declines.</param>
public sealed record CanaryParties(CanaryParty Uploader, CanaryParty Downloader);

/// <summary>Where the canary's parties stand: one object of a bucket that only it and the operator read.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="bucket">The bucket's name.</param>
public sealed class CanaryPartyStore(IAmazonS3 client, string bucket)
{
    /// <summary>The key of the object.</summary>
    public const string Key = "parties.json";

    /// <summary>Reads them.</summary>
    /// <returns>The parties, and the ETag of the object in which they stand.</returns>
    /// <exception cref="InvalidOperationException">The operator has not put them there.</exception>
    public async Task<(CanaryParties Parties, string Standing)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var found = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = Key }, cancellationToken);
            var parties = await JsonSerializer.DeserializeAsync(found.ResponseStream, CanaryJson.Default.CanaryParties, cancellationToken);
            return (parties ?? throw new InvalidOperationException($"s3://{bucket}/{Key} names no parties."), found.ETag);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException($"There are no parties: put them at s3://{bucket}/{Key} (docs/operations.md).", absent);
        }
    }

    /// <summary>Keeps them, in the place of those that were read.</summary>
    /// <param name="parties">The parties.</param>
    /// <param name="standing">The ETag of what was read: what the operator has put meanwhile stays.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="AmazonS3Exception">PreconditionFailed: others stand there now; nothing has changed.</exception>
    public Task WriteAsync(CanaryParties parties, string standing, CancellationToken cancellationToken) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = Key,
                IfMatch = standing,
                ContentType = "application/json",
                InputStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(parties, CanaryJson.Default.CanaryParties)),
            },
            cancellationToken
        );
}

/// <summary>The parties' JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CanaryParties))]
internal sealed partial class CanaryJson : JsonSerializerContext;
