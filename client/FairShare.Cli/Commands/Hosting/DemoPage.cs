using System.Text.Json.Nodes;
using FairShare.Cli.Demo;
using FairShare.Cli.Hosting.Web;
using FairShare.Cli.Output;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary>The web page of the service on which the demonstration ran.</summary>
internal sealed class DemoPage(CommandContext context, PageFolder folder, EmbeddedHost host)
{
    /// <summary>Says what came of the demonstration, where the page is and how to sign in, and waits until interrupted.</summary>
    /// <returns>What is said at the end.</returns>
    public async Task<CommandResult> ServeAsync(CommandResult outcome, IReadOnlyList<DemoLogin> logins, CancellationToken cancellationToken)
    {
        await using var page = await PageServer.StartAsync(folder, port: 0, host.ApiUrl, host.AwsUrl, cancellationToken);
        outcome.Write(context.Terminal.Output, context.Json);
        var json = new JsonObject
        {
            ["page"] = page.Url,
            ["logins"] = new JsonArray([
                .. logins.Select(login => new JsonObject { ["address"] = login.Address, ["password"] = login.Password }),
            ]),
        };
        List<string> lines =
        [
            $"Web page  {page.Url}",
            .. logins.Select(login => $"{login.Name, -8}  signs in as {login.Address} with the password {login.Password}"),
            "Ctrl-C stops it, and removes its data.",
        ];
        new CommandResult(json, lines).Write(context.Terminal.Output, context.Json);
        await context.Terminal.Output.FlushAsync(cancellationToken);
        await ServedHost.UntilInterruptedAsync(context, cancellationToken);
        return new CommandResult(new JsonObject { ["stopped"] = true }, ["Stopped."]);
    }
}
