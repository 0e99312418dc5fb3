using System.Reflection;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Tells a client all that it needs before it signs in: where, the limits, and every key that the store sealed with, the present one first.
/// </summary>
internal sealed class DescribeService(FunctionServices services) : IRouteHandler<None, None, ServiceDescription>
{
    public async Task<Answer<ServiceDescription>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var settings = services.Settings;
        var current = await services.Seal.GetKeyAsync(cancellationToken);
        var keys = await services.StoreKeys.ListAsync(cancellationToken);
        var description = new ServiceDescription(
            "FairShare",
            services.Store.ToString(),
            EvidencePolicies.Current.Uri(),
            settings.Region,
            new IdentityDescription(settings.IdentityUrl, settings.UserPoolId, settings.UserPoolClientId),
            DigestLimits.MaxSinglePut,
            new DeadlineBounds(
                (int)ExchangeDeadline.Min.TotalSeconds,
                (int)ExchangeDeadline.Default.TotalSeconds,
                (int)ExchangeDeadline.Max.TotalSeconds
            ),
            [.. keys.OrderByDescending(key => key.KeyId == current.KeyId).Select(Describe)],
            await DescribeLogAsync(cancellationToken),
            settings.PageUrl,
            typeof(DescribeService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        );
        return description;
    }

    /// <summary>The present key is told before it has signed anything: whoever logs in can pin it.</summary>
    private async Task<LogDescription> DescribeLogAsync(CancellationToken cancellationToken)
    {
        var current = await services.LogSigner.GetKeyAsync(cancellationToken);
        var recorded = await services.LogKeys.ListAsync(cancellationToken);
        return new LogDescription(services.LogSigner.Origin, [.. recorded.Prepend(current).Distinct().Select(key => key.ToString())]);
    }

    private static SealKey Describe(PartyKey key) => new(key.KeyId.ToString(), key.Key.ToElement(), "seal", key.NotBefore, key.NotAfter);
}
