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
        var tokens = changes.Records.Where(change => change.IsInsertion).SelectMany(change => TokensOf(change, context)).ToList();
        if (tokens.Count > 0)
        {
            await sequencer.EnterAsync(tokens, CancellationToken.None);
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    /// <summary>What is no token would stop the log for ever: it is left out, and the auditor finds it in the table.</summary>
    private static IReadOnlyList<LoggedToken> TokensOf(TableChange change, ILambdaContext context)
    {
        try
        {
            return
            [
                .. LoggedToken.Of(name =>
                    change.Dynamodb.NewImage is { } image && image.TryGetValue(name, out var attribute) ? attribute.S : null
                ),
            ];
        }
        catch (ProtocolException fault)
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, fault);
            return [];
        }
    }
}
