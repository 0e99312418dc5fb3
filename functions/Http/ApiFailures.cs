using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Contracts.Log;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>The edge of the API: whatever failed inside is one problem outside, and one line in the log.</summary>
internal static class ApiFailures
{
    /// <summary>Serves a call, or answers with the problem that says why not.</summary>
    public static async Task<Stream> CatchAsync(
        APIGatewayHttpApiV2ProxyRequest request,
        ILambdaContext context,
        Func<Task<MemoryStream>> serve
    )
    {
        try
        {
            return await serve();
        }
        // Who follows the log asks for what is not there yet, again and again.
        catch (ProtocolException problem) when (problem.Code == LogProblems.NotInLog.Code)
        {
            return AnswerWriter.Write(problem);
        }
        catch (ProtocolException problem)
        {
            Log(LogLevel.Info, problem.Code, problem);
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
                ("documentId", request.FindLoggedId("documentId")),
                ("exchangeId", request.FindLoggedId("exchangeId"))
            );
    }
}
