using FairShare.Functions.Audit;
using FairShare.Functions.Canary;
using FairShare.Functions.Exchange;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Log;
using FairShare.Functions.Modules;
using FairShare.Functions.Notices;
using FairShare.Functions.Parties;
using FairShare.Functions.Peer;
using FairShare.Functions.Queue;
using FairShare.Functions.Standing;
using FairShare.Functions.Timestamps;
using FairShare.Functions.Vault;
using FairShare.Functions.Webhooks;

namespace FairShare.Functions;

/// <summary>
/// Every handler by the name that the template gives it: those of the modules' routes, and those that other services invoke.
/// </summary>
internal static class HandlerCatalog
{
    /// <summary>Every route of the API with its handler; a new capability adds its module here.</summary>
    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        .. PartyModule.Routes,
        .. ExchangeModule.Routes,
        .. VaultModule.Routes,
        .. WebhookModule.Routes,
        .. NoticeModule.Routes,
        .. LogModule.Routes,
        .. TimestampModule.Routes,
    ];

    /// <summary>Every route of a peer of dispersed backups with its handler: the API of a stack of its own.</summary>
    public static IReadOnlyList<ModuleRoute> PeerRoutes { get; } = PeerModule.Routes;

    /// <summary>Every route of a coordinator of standing work with its handler: the API of a stack of its own.</summary>
    public static IReadOnlyList<ModuleRoute> StandingRoutes { get; } = StandingModule.Routes;

    /// <summary>What a coordinator's workflow invokes, with its rights.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Right>> StandingWorkers { get; } = StandingModule.Workers;

    private static readonly Dictionary<string, Func<FunctionServices, IFunction>> Workers = new()
    {
        [nameof(ReceiveProtocolMessages)] = services => new ReceiveProtocolMessages(services),
        [nameof(EndExchanges)] = services => new EndExchanges(services),
        [nameof(SealEnding)] = services => new SealEnding(services),
        [nameof(EraseVaultItem)] = services => new EraseVaultItem(services),
        [nameof(SpreadWebhooks)] = services => new SpreadWebhooks(services),
        [nameof(DeliverWebhook)] = services => new DeliverWebhook(services),
        [nameof(OrderNotices)] = services => new OrderNotices(services),
        [nameof(SendNotice)] = services => new SendNotice(services),
        [nameof(SequenceLog)] = services => new SequenceLog(services),
        [nameof(PlanStandingStep)] = services => new PlanStandingStep(services),
        [nameof(CarryStandingOrder)] = services => new CarryStandingOrder(services),
        [nameof(RefuseUnknownCall)] = services => new RefuseUnknownCall(Routes.Select(entry => entry.Route), services.Metrics),
        [nameof(CertifyStamps)] = services => new CertifyStamps(services),
        [nameof(RunCanary)] = services => new RunCanary(services),
        [nameof(AuditStore)] = services => new AuditStore(services),
        [nameof(RecordSealKey)] = services => new RecordSealKey(services),
    };

    /// <summary>The names of all handlers.</summary>
    public static IEnumerable<string> Names => AllRoutes.Select(entry => entry.Route.Name).Concat(Workers.Keys);

    /// <summary>The routes of all stacks.</summary>
    public static IReadOnlyList<ModuleRoute> AllRoutes => [.. Routes, .. PeerRoutes, .. StandingRoutes];

    /// <summary>Makes a handler.</summary>
    /// <exception cref="ArgumentException">There is no handler of that name.</exception>
    public static IFunction Create(string handler, FunctionServices services) =>
        AllRoutes.FirstOrDefault(entry => entry.Route.Name == handler) is { } route ? route.Create(services)
        : Workers.TryGetValue(handler, out var create) ? create(services)
        : throw new ArgumentException($"There is no handler named '{handler}'.", nameof(handler));
}
