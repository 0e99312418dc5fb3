using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Http;

/// <summary>
/// The edge of the API: whatever failed inside is one problem outside, and one line in the log if it was the service that failed. An
/// answer 500 is counted here, too, since nothing beyond sees that it is one.
/// </summary>
internal static class ApiFailures
{
    /// <summary>Serves a call, or answers with the problem that says why not.</summary>
    public static async Task<Stream> CatchAsync(
        APIGatewayHttpApiV2ProxyRequest request,
        ILambdaContext context,
        ServiceMetrics metrics,
        Func<Task<MemoryStream>> serve
    )
    {
        try
        {
            return await serve();
        }
        // A refusal is the caller's affair; the API's access log has its status.
        catch (ProtocolException problem)
        {
            return AnswerWriter.Write(problem);
        }
        catch (Exception failure) when (TransientFailures.IsTransient(failure))
        {
            Log(LogLevel.Warn, CommonProblems.Busy.Code, failure);
            return AnswerWriter.Write(CommonProblems.Busy.With("Something that the service needs is busy; repeat the request."));
        }
#pragma warning disable CA1031 // This is the edge.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log(LogLevel.Error, CommonProblems.InternalError.Code, failure);
            metrics.NoteInternalError(context);
            return AnswerWriter.Write(
                CommonProblems.InternalError.With($"The service failed; its log has the reason under request {context.AwsRequestId}.")
            );
        }

        void Log(LogLevel level, string code, Exception failure) =>
            FunctionLog.Write(
                context,
                level,
                code,
                failure,
                ("exchangeId", request.FindLoggedId("exchangeId")),
                ("fileId", request.FindLoggedId("documentId"))
            );
    }
}
