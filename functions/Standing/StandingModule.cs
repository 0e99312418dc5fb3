using FairShare.Aws.Standing;
using FairShare.Contracts.Standing;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Standing;

/// <summary>The calls to a coordinator of standing work: who serves them, and with what rights. They are a stack of their own.</summary>
internal static class StandingModule
{
    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            StandingRoutes.HandOverWork,
            services => new HandOverWork(services),
            OnWork("GetItem", "PutItem", "Query"),
            Right.Use(ServiceUse.StartStandingRound)
        ),
        ModuleRoute.Of(StandingRoutes.GetStandingWork, services => new GetStandingWork(services), OnWork("GetItem", "Query")),
        ModuleRoute.Of(StandingRoutes.WithdrawWork, services => new WithdrawWork(services), OnWork("GetItem", "UpdateItem", "Query")),
    ];

    /// <summary>What the workflow invokes, with its rights.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Right>> Workers { get; } =
        new Dictionary<string, IReadOnlyList<Right>>
        {
            [nameof(PlanStandingStep)] = [OnWork("GetItem", "UpdateItem", "Query"), Right.Use(ServiceUse.StartStandingRound)],
            [nameof(CarryStandingOrder)] = [OnWork("GetItem", "PutItem", "Query")],
        };

    private static Right OnWork(params string[] actions) =>
        Right.Items(StandingPartitions.Work, actions) with
        {
            Store = DataStore.Standing,
        };
}
