using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>Puts a handler behind its route: reads the call, has it served, and makes every failure one problem.</summary>
/// <param name="route">The route.</param>
/// <param name="handler">Its handler.</param>
/// <param name="settings">The settings of the deployment.</param>
internal sealed class ApiFunction<TSubject, TRequest, TAnswer>(
    Route<TSubject, TRequest, TAnswer> route,
    IRouteHandler<TSubject, TRequest, TAnswer> handler,
    FunctionSettings settings
) : IFunction
    where TSubject : struct, IIdentifier<TSubject>
{
    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var request = await RequestReader.ReadAsync(payload);
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > TimeSpan.Zero ? context.RemainingTime : Timeout.InfiniteTimeSpan
        );
        return await ApiFailures.CatchAsync(
            request,
            context,
            async () => AnswerWriter.Write(route, await ServeAsync(request, timeout.Token))
        );
    }

    private async Task<Answer<TAnswer>> ServeAsync(APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellationToken)
    {
        if (!route.IsPublic)
        {
            _ = new ApiCall(request, settings).Party;
        }

        var call = new ApiCall<TSubject, TRequest>(
            request,
            settings,
            request.ReadSubject<TSubject>(route),
            request.ReadBody<TRequest>(route.BodyLimit)
        );
        return await handler.HandleAsync(call, cancellationToken);
    }
}
