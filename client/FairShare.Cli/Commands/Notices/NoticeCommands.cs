using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Notices;

namespace FairShare.Cli.Commands.Notices;

/// <summary><c>notices</c>: mail that says that something waits.</summary>
internal static class NoticeCommands
{
    private static readonly string[] Kinds = ["documents", "endings"];

    public static Command Create(CommandRunner runner) =>
        new("notices", "Have mail sent to you when something waits for you.") { Show(runner), On(runner), Confirm(runner), Off(runner) };

    private static Command Show(CommandRunner runner) =>
        runner.Attach(
            new Command("show", "Show where notices go, and what they are about."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                return Describe(await client.Api.CallAsync(NoticeRoutes.GetNotices, cancellationToken));
            }
        );

    private static Command On(CommandRunner runner)
    {
        var address = new Argument<string>("address") { Description = "Where they go; a code is mailed there first." };
        var about = new Option<string[]>("--about")
        {
            Description = "documents: one waits for your receipt; endings: an exchange of a document of yours has ended (default: both).",
            HelpName = "KIND",
        };
        about.AcceptOnlyFromAmong(Kinds);
        return runner.Attach(
            new Command("on", "Say where notices go, or change what they are about.") { address, about },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                string[] kinds = context.Arguments.GetValue(about) is { Length: > 0 } given ? [.. given.Distinct()] : Kinds;
                var request = new NoticeRequest(context.Arguments.GetRequiredValue(address), kinds);
                return Describe(await client.Api.CallAsync(NoticeRoutes.SetNotices, request, cancellationToken));
            }
        );
    }

    private static Command Confirm(CommandRunner runner)
    {
        var code = new Argument<string>("code") { Description = "The code of the mail." };
        return runner.Attach(
            new Command("confirm", "Confirm the address by the code that was mailed to it.") { code },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var request = new NoticeConfirmation(context.Arguments.GetRequiredValue(code));
                return Describe(await client.Api.CallAsync(NoticeRoutes.ConfirmNotices, request, cancellationToken));
            }
        );
    }

    private static Command Off(CommandRunner runner) =>
        runner.Attach(
            new Command("off", "Have no more notices; the address is forgotten."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                return Describe(await client.Api.CallAsync(NoticeRoutes.EndNotices, cancellationToken));
            }
        );

    private static CommandResult Describe(NoticeView view) =>
        new(
            new JsonObject
            {
                ["state"] = view.State,
                ["address"] = view.Address,
                ["about"] = new JsonArray([.. view.About.Select(kind => JsonValue.Create(kind))]),
            },
            [
                view.State switch
                {
                    "Active" => $"Notices go to {view.Address}, about {string.Join(" and ", view.About)}.",
                    "Pending" => $"A code was mailed to {view.Address}: fairshare notices confirm CODE.",
                    _ => "No notices are sent.",
                },
            ]
        );
}
