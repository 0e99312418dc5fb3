using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Http;

/// <summary>Puts a handler behind its route: reads the call, has it served, and makes every failure one problem.</summary>
/// <param name="route">The route.</param>
/// <param name="handler">Its handler.</param>
/// <param name="settings">The settings of the deployment.</param>
/// <param name="metrics">Where calls are counted that some service refused for their number, and outcomes that the handler counts.</param>
internal sealed class ApiFunction<TSubject, TRequest, TAnswer>(
    Route<TSubject, TRequest, TAnswer> route,
    IRouteHandler<TSubject, TRequest, TAnswer> handler,
    FunctionSettings settings,
    ServiceMetrics metrics
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
            metrics,
            async () => AnswerWriter.Write(route, await CountAsync(context, () => ServeAsync(request, timeout.Token)))
        );
    }

    private async Task<Answer<TAnswer>> CountAsync(ILambdaContext context, Func<Task<Answer<TAnswer>>> serve)
    {
        var counted = handler as ICountedOutcomes<TAnswer>;
        try
        {
            var answer = await serve();
            Count(context, counted?.MetricOf(answer.Value));
            return answer;
        }
        catch (ProtocolException refusal) when (Count(context, counted?.MetricOf(refusal)))
        {
            throw;
        }
        catch (Exception failure) when (metrics.NoteThrottle(context, failure))
        {
            throw;
        }
    }

    /// <returns>False: what is counted is not caught.</returns>
    private bool Count(ILambdaContext context, string? metric)
    {
        if (metric is not null)
        {
            metrics.Write(context, MetricValue.Count(metric, 1));
        }

        return false;
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
