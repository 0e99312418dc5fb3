using System.Text.Json.Nodes;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>The service that the demonstration leaves open for a look.</summary>
public sealed class DemoPageTests(PageHost host)
{
    [Fact]
    public async Task Demo_WithTheWebPage_HasSomethingInEachListOfBoth()
    {
        await host.RequireAsync();
        using var process = new BuiltCommand(host.Files.At("demo")).Start("demo", "--web", "--page", host.PageFolder, "--json");
        Assert.True(JsonNode.Parse(await ReadAsync(process.StandardOutput))!["verified"]!.GetValue<bool>());
        var open = JsonNode.Parse(await ReadAsync(process.StandardOutput))!;

        await using (var bob = await SignInAsync(open, 1))
        {
            await SeesAsync(bob, "for-me", "second-offer.txt");
            await SeesAsync(bob, "received", "agreement.txt");
            await SeesAsync(bob, "sent", "counter-offer.txt");
        }

        await using (var alice = await SignInAsync(open, 0))
        {
            await SeesAsync(alice, "for-me", "counter-offer.txt");
            await SeesAsync(alice, "sent", "agreement.txt", "second-offer.txt", "unwanted-offer.txt");
            await SeesAsync(alice, "receipts", "agreement.txt");
        }

        BuiltCommand.Signal(process, "INT");
        Assert.True(JsonNode.Parse(await ReadAsync(process.StandardOutput))!["stopped"]!.GetValue<bool>());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Demo_WithAFolderThatHasNoPage_SaysHowItIsMade()
    {
        var run = await new BuiltCommand(host.Files.At("demo")).RunAsync("demo", "--web", "--page", host.Files.At("nothing"));

        Assert.Equal((8, ""), (run.ExitCode, run.Output));
        Assert.Contains("npm run page", run.Error, StringComparison.Ordinal);
    }

    private async Task<Person> SignInAsync(JsonNode open, int login)
    {
        var person = await host.OpenAtAsync(open["page"]!.ToString());
        await person.GoAsync("sign-in");
        await person.SignInAsync(open["logins"]![login]!["address"]!.ToString(), open["logins"]![login]!["password"]!.ToString());
        await person.SeesAsync("These documents wait for you.");
        return person;
    }

    private static async Task SeesAsync(Person person, string view, params string[] names)
    {
        await person.GoAsync(view);
        foreach (var name in names)
        {
            await person.SeesAsync(person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).First);
        }
    }

    private static async Task<string> ReadAsync(StreamReader output) =>
        await output.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException("The command has ended.");
}
