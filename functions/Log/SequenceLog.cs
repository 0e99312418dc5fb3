using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Aws.Log;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Streams;

namespace FairShare.Functions.Log;

/// <summary>
/// Enters into the log what the evidence table's stream says was put there. A batch that fails comes again, for ever: what was entered
/// of it changes nothing then.
/// </summary>
internal sealed class SequenceLog(FunctionServices services) : IFunction
{
    private readonly Sequencer sequencer = new(services.SequencerSteps);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var changes =
            await JsonSerializer.DeserializeAsync(payload, TableChangesJson.Default.TableChanges)
            ?? throw new InvalidOperationException("The payload is not a batch of a table's changes.");
        var inserted = changes.Records.Where(change => change.IsInsertion).ToList();
        // Of most that is put nothing is a token, the log's own leaves included: that costs no look at the log.
        var tokens = inserted.SelectMany(change => TokensOf(change, context)).ToList();
        if (tokens.Count > 0)
        {
            await EnterAsync(inserted, tokens, context);
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    private async Task EnterAsync(List<TableChange> inserted, List<LoggedToken> tokens, ILambdaContext context)
    {
        var oldest = inserted.Min(change => change.Dynamodb.At);
        try
        {
            var batch = await sequencer.EnterAsync(tokens, CancellationToken.None);
            List<EndedExchange> endings = [.. inserted.Select(EndedExchange.Of).OfType<EndedExchange>()];
            endings.ForEach(ending => FunctionLog.WriteEnding(context, ending.Exchange, ending.Document, ending.State, ending.Delay));
            services.Metrics.Write(context, LogMetrics.Of(batch, endings, Since(oldest)));
        }
        catch (Exception failure) when (!services.Metrics.NoteThrottle(context, failure))
        {
            services.Metrics.Write(context, LogMetrics.OfFailure(Since(oldest)));
            throw;
        }
    }

    private TimeSpan Since(DateTimeOffset? time) =>
        services.Time.GetUtcNow() is var now && time is { } start && now > start ? now - start : TimeSpan.Zero;

    /// <summary>What is no token would stop the log for ever: it is left out, and the auditor finds it in the table.</summary>
    private static IReadOnlyList<LoggedToken> TokensOf(TableChange change, ILambdaContext context)
    {
        try
        {
            return [.. LoggedToken.Of(change.Dynamodb.Text)];
        }
        catch (ProtocolException fault)
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, fault);
            return [];
        }
    }
}
