using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace FairShare.Functions.Hosting;

/// <summary>How much a line of the log matters.</summary>
internal enum LogLevel
{
    /// <summary>Something that the service needs was busy; the same request may succeed.</summary>
    Warn,

    /// <summary>The service failed.</summary>
    Error,
}

/// <summary>
/// Writes one JSON object on one line for each failure of the service, for each call that is to be repeated, and for each ending of an
/// exchange, with what an operator searches by: level, handler, request, exchange, document, code. The exchange's id is that of its
/// execution, too: one id finds all of an exchange. Ids are all that a line says of a party's business: no names, no tokens, nothing of
/// what was sent.
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
            WriteSource(json, context);
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

        Write(context, buffer);
    }

    /// <summary>Writes the line of an exchange that has ended.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="exchange">The exchange's id.</param>
    /// <param name="document">The document's id.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="delay">From what ended it to when that could be read.</param>
    public static void WriteEnding(ILambdaContext context, string exchange, string document, string state, TimeSpan delay)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("level", "INFO");
            WriteSource(json, context);
            json.WriteString("exchangeId", exchange);
            json.WriteString("fileId", document);
            json.WriteString("code", state);
            json.WriteNumber("ms", (long)delay.TotalMilliseconds);
            json.WriteEndObject();
        }

        Write(context, buffer);
    }

    private static void WriteSource(Utf8JsonWriter json, ILambdaContext context)
    {
        json.WriteString("handler", context.FunctionName);
        json.WriteString("requestId", context.AwsRequestId);
    }

    private static void Write(ILambdaContext context, MemoryStream buffer) =>
        context.Logger.LogLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
}
