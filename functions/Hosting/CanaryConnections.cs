using FairShare.Aws.Canary;
using FairShare.Client.Http;
using FairShare.Client.Trust;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>What the canary works with: the API as everybody reaches it, and the bucket of its own parties.</summary>
internal sealed class CanaryConnections(AwsClients clients, FunctionSettings settings, TimeProvider time, IRandomness randomness)
{
    private readonly Lazy<HttpClient> api = new(() =>
    {
        var http = clients.Unbounded();
        http.BaseAddress = new Uri(settings.CanaryApi.TrimEnd('/') + "/");
        return http;
    });

    private readonly Lazy<HttpClient> transfers = new(clients.Unbounded);

    private readonly Lazy<CanaryPartyStore> parties = new(() => new CanaryPartyStore(clients.S3(), settings.CanaryBucket));

    public TimeProvider Time => time;

    public IRandomness Randomness => randomness;

    /// <summary>
    /// The keys by which evidence is verified: those that the deployment was told, and not what the service says of itself.
    /// </summary>
    public StoreAnchor Anchor =>
        new(PartyId.Parse(settings.TrustedThirdParty), [.. settings.CanaryStoreKeys.Select(KeyId.Parse)], "told at the deployment");

    /// <summary>Where the canary's parties stand.</summary>
    public CanaryPartyStore Parties => parties.Value;

    /// <summary>A connection to presigned URLs, and to the user pool.</summary>
    public HttpClient Transfers => transfers.Value;

    /// <summary>The API.</summary>
    /// <param name="accessToken">The caller's token; null for calls without one.</param>
    public FairShareApi ApiOf(string? accessToken) =>
        new(api.Value, accessToken is null ? null : _ => ValueTask.FromResult(accessToken), time, randomness);
}
