using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Streams;

namespace FairShare.Functions.Notices;

/// <summary>
/// Hands to the queue of notices whom a document waits for: the evidence table's stream says who was listed as one of its readers. A batch
/// that fails comes again.
/// </summary>
internal sealed class OrderNotices(FunctionServices services) : IFunction
{
    private const string Document = "LISTING#";
    private const string Reader = "READER#";

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var changes =
            await JsonSerializer.DeserializeAsync(payload, TableChangesJson.Default.TableChanges)
            ?? throw new InvalidOperationException("The payload is not a batch of a table's changes.");
        foreach (var change in changes.Records.Where(change => change.IsInsertion))
        {
            var (document, reader) = (change.Dynamodb.Keys.Pk.S, change.Dynamodb.Keys.Sk.S);
            // Of a document for everybody nobody in particular is told.
            if (
                document.StartsWith(Document, StringComparison.Ordinal)
                && reader.StartsWith(Reader, StringComparison.Ordinal)
                && PartyId.TryParse(reader[Reader.Length..], out var party)
            )
            {
                await services.Notices.Queue.SendAsync(
                    party,
                    JsonSerializer.Serialize(Waiting(party, document[Document.Length..]), NoticeJson.Default.NoticeEvent),
                    CancellationToken.None
                );
            }
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    private static NoticeEvent Waiting(PartyId party, string document) =>
        new(NoticeEvent.Document, party.ToString(), new NoticeSubject(FileId: document));
}
