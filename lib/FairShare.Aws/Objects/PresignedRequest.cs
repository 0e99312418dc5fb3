namespace FairShare.Aws.Objects;

/// <summary>A request to S3 that whoever holds it may make until it expires.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The URL with its signature.</param>
/// <param name="Headers">Headers that must be sent exactly so: they are signed.</param>
/// <param name="Expires">When it stops working.</param>
public sealed record PresignedRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Expires);
