using System.Text.Json;
using FairShare.Core.Digests;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Api;

internal sealed record ServiceDescription(
    string Name,
    string Ttp,
    string Policy,
    string Region,
    IdentityDescription Identity,
    long MaxSinglePut,
    DeadlineDescription Deadline,
    IReadOnlyList<SealKeyView> Keys
);

internal sealed record IdentityDescription(string Endpoint, string UserPoolId, string ClientId);

internal sealed record DeadlineDescription(int Min, int Default, int Max);

internal sealed record SealKeyView(string Kid, JsonElement Jwk, string Use, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>
/// Tells a client all that it needs before it signs in: where, the limits, and every key that the store sealed with, the present one first.
/// </summary>
internal sealed class DescribeService(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var settings = services.Settings;
        var current = await services.Seal.GetKeyAsync(cancellationToken);
        var keys = await services.StoreKeys.ListAsync(cancellationToken);
        var description = new ServiceDescription(
            "FairShare",
            services.Store.ToString(),
            EvidencePolicies.Current.Uri(),
            settings.Region,
            new IdentityDescription(
                settings.EndpointUrl ?? $"https://cognito-idp.{settings.Region}.amazonaws.com",
                settings.UserPoolId,
                settings.UserPoolClientId
            ),
            DigestLimits.MaxSinglePut,
            new DeadlineDescription(
                (int)ExchangeDeadline.Min.TotalSeconds,
                (int)ExchangeDeadline.Default.TotalSeconds,
                (int)ExchangeDeadline.Max.TotalSeconds
            ),
            [.. keys.OrderByDescending(key => key.KeyId == current.KeyId).Select(Describe)]
        );
        return ApiAnswer.Ok(description, ApiJson.Default.ServiceDescription);
    }

    private static SealKeyView Describe(PartyKey key) =>
        new(key.KeyId.ToString(), KeyView.Parse(key.Key), "seal", key.NotBefore, key.NotAfter);
}
