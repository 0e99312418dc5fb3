using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace FairShare.Functions.Hosting;

/// <summary>How much a line of the log matters.</summary>
internal enum LogLevel
{
    /// <summary>A request was refused; the service is well.</summary>
    Info,

    /// <summary>Something that the service needs was busy; the same request may succeed.</summary>
    Warn,

    /// <summary>The service failed.</summary>
    Error,
}

/// <summary>
/// Writes one JSON object on one line for each failure, with what an operator searches by: level, request, document, exchange, code. Ids
/// are all that it says of a party's business: no names, no tokens, nothing of what was sent.
/// </summary>
internal static class FunctionLog
{
    /// <summary>Writes the line of a failure.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="code">The stable code of what went wrong.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="ids">Further ids by name; a null one is left out.</param>
    public static void Write(
        ILambdaContext context,
        LogLevel level,
        string code,
        Exception failure,
        params ReadOnlySpan<(string Name, string? Id)> ids
    )
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("level", level.ToString().ToUpperInvariant());
            json.WriteString("requestId", context.AwsRequestId);
            json.WriteString("code", code);
            foreach (var (name, id) in ids)
            {
                if (id is not null)
                {
                    json.WriteString(name, id);
                }
            }

            // A refusal's text is this service's own; of a failure the whole trace is wanted.
            json.WriteString(
                level == LogLevel.Error ? "exception" : "message",
                level == LogLevel.Error ? failure.ToString() : failure.Message
            );
            json.WriteEndObject();
        }

        context.Logger.LogLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
