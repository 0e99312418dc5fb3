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
        return runner.Attach(
            new Command("list", "List the documents that you may ask for.") { mine },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var uploaded = context.Arguments.GetValue(mine);
                var documents = await Pages.AllAsync(
                    cursor =>
                        client.Api.CallAsync(
                            ExchangeRoutes.ListDocuments,
                            [("role", uploaded ? "uploader" : "reader"), ("cursor", cursor)],
                            cancellationToken
                        ),
                    page => page.Documents,
                    page => page.Cursor
                );
                return new CommandResult(
                    new JsonObject { ["documents"] = new JsonArray([.. documents.Select(Describe)]) },
                    documents.Count == 0 ? ["No documents."] : [.. documents.Select(Line)]
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

    private static string Line(DocumentView document) =>
        $"{document.FileId}  {document.State, -9}  {document.Size, 13}  {document.Name}  from {document.Uploader}";
}
