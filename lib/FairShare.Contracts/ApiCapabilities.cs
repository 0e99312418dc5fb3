using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Log;
using FairShare.Contracts.Notices;
using FairShare.Contracts.Parties;
using FairShare.Contracts.Standing;
using FairShare.Contracts.Timestamps;
using FairShare.Contracts.Vault;
using FairShare.Contracts.Webhooks;

namespace FairShare.Contracts;

/// <summary>The classes that declare the routes of each API, for whoever describes or checks all of one.</summary>
public static class ApiCapabilities
{
    /// <summary>Of the service.</summary>
    public static IReadOnlyList<Type> OfService { get; } =
    [
        typeof(PartyRoutes),
        typeof(ExchangeRoutes),
        typeof(VaultRoutes),
        typeof(WebhookRoutes),
        typeof(NoticeRoutes),
        typeof(LogRoutes),
        typeof(TimestampRoutes),
    ];

    /// <summary>Of a peer of dispersed backups.</summary>
    public static IReadOnlyList<Type> OfPeer { get; } = [typeof(PeerRoutes)];

    /// <summary>Of a coordinator of standing work.</summary>
    public static IReadOnlyList<Type> OfCoordinator { get; } = [typeof(StandingRoutes)];
}
