using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Modules;

/// <summary>A route with the handler behind it, and what that handler may do.</summary>
/// <param name="Route">The route.</param>
/// <param name="Rights">The handler's rights.</param>
/// <param name="Create">Makes the function.</param>
internal sealed record ModuleRoute(Route Route, IReadOnlyList<Right> Rights, Func<FunctionServices, IFunction> Create)
{
    /// <summary>Puts a handler behind a route.</summary>
    public static ModuleRoute Of<TSubject, TRequest, TAnswer>(
        Route<TSubject, TRequest, TAnswer> route,
        Func<FunctionServices, IRouteHandler<TSubject, TRequest, TAnswer>> handler,
        params IReadOnlyList<Right> rights
    )
        where TSubject : struct, IIdentifier<TSubject> =>
        new(
            route,
            rights,
            services => new ApiFunction<TSubject, TRequest, TAnswer>(route, handler(services), services.Settings, services.Metrics)
        );
}
