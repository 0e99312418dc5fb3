using FairShare.Aws.Table;
using FairShare.Contracts.Timestamps;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Timestamps;

/// <summary>The calls of the time-stamping authority: who serves them, and with what rights.</summary>
internal static class TimestampModule
{
    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            TimestampRoutes.StampTime,
            services => new StampTime(services),
            Right.Items(Partitions.Usage, "UpdateItem"),
            Right.Items(Partitions.Store, "GetItem", "PutItem", "Query"),
            Right.Use(ServiceUse.Stamp)
        ),
    ];
}
