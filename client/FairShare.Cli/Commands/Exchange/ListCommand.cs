using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>list</c>: documents that one may ask for, or has deposited.</summary>
internal static class ListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var mine = new Option<bool>("--mine") { Description = "List what you deposited yourself." };
        var name = new Option<string?>("--name") { Description = "List only those with this in their name." };
        return runner.Attach(
            new Command("list", "List the documents that you may ask for.") { mine, name },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var uploaded = context.Arguments.GetValue(mine);
                var documents = await Pages.AllAsync(
                    cursor =>
                        client.Api.CallAsync(
                            ExchangeRoutes.ListDocuments,
                            [("role", uploaded ? "uploader" : "reader"), ("name", context.Arguments.GetValue(name)), ("cursor", cursor)],
                            cancellationToken
                        ),
                    page => page.Documents,
                    page => page.Cursor
                );
                return new CommandResult(
                    new JsonObject { ["documents"] = new JsonArray([.. documents.Select(Describe)]) },
                    documents.Count == 0 ? ["No documents."] : [.. Lines(context, documents)]
                );
            }
        );
    }

    private static JsonObject Describe(DocumentView document) =>
        new()
        {
            ["fileId"] = document.FileId,
            ["name"] = document.Name,
            ["mediaType"] = document.MediaType,
            ["size"] = document.Size,
            ["method"] = document.Digest?.Method,
            ["digest"] = document.Digest?.Value,
            ["uploader"] = document.Uploader,
            ["audience"] = new JsonArray([.. document.Audience.Select(party => JsonValue.Create(party))]),
            ["state"] = document.State,
            ["depositedAt"] = document.DepositedAt is { } time ? Timestamp.Format(time) : null,
        };

    private static IEnumerable<string> Lines(CommandContext context, List<DocumentView> documents) =>
        Columns.Lines(
            ["DOCUMENT", "STATE", "DEPOSITED", "BYTES", "NAME", "FROM", "FOR"],
            documents.Select(document =>
                new[]
                {
                    document.FileId,
                    document.State,
                    document.DepositedAt is { } time ? Timestamp.Format(time) : "-",
                    $"{document.Size}",
                    document.Name,
                    context.Names.Of(document.Uploader),
                    document.Audience.Count == 0 ? "everybody" : string.Join(", ", document.Audience.Select(context.Names.Of)),
                }
            )
        );
}
