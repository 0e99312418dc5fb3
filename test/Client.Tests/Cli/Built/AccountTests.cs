using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Accounts in every state come to a login: by the built command, against <c>up</c>.</summary>
public sealed class AccountTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private const string New = "Another-horse-2";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task LogOut_EndsTheSessionHereAndAtThePool()
    {
        var (person, _) = await up.JoinAsync();
        var session = await File.ReadAllTextAsync(Path.Combine(person.Home, "session.json"), Stop);
        _ = (await person.RunAsync("logout", "--json")).Answer;
        (await person.RunAsync("list")).Require(ExitCode.NotLoggedIn, "not-logged-in");

        // A copy of the session that somebody kept is worth no more than its access token, which expires.
        await File.WriteAllTextAsync(Path.Combine(person.Home, "session.json"), Expired(session), Stop);
        (await person.RunAsync("list")).Require(ExitCode.NotLoggedIn, "not-logged-in");
        File.Delete(Path.Combine(person.Home, "session.json"));
        Assert.False((await person.RunAsync("logout", "--json")).Answer["changed"]!.GetValue<bool>());
        _ = (await person.RunAsync("login", "--json")).Answer;
    }

    [Fact]
    public async Task Password_Changed_IsTheOneThatLogsIn()
    {
        var (person, _) = await up.JoinAsync();
        _ = (await person.With("FAIRSHARE_NEW_PASSWORD", New).RunAsync("password", "--json")).Answer;
        (await person.RunAsync("login")).Require(ExitCode.Refused, "NotAuthorizedException");
        _ = (await person.With("FAIRSHARE_PASSWORD", New).RunAsync("login", "--json")).Answer;
    }

    [Fact]
    public async Task Recover_WithTheMailedCode_SetsANewPassword()
    {
        var (person, address) = await up.JoinAsync();
        up.ForgetCodes(address);
        _ = (await person.RunAsync("recover", "--json")).Answer;
        _ = (await person.With("FAIRSHARE_NEW_PASSWORD", New).RunAsync("recover", await up.CodeAsync(address), "--json")).Answer;
        _ = (await person.With("FAIRSHARE_PASSWORD", New).RunAsync("login", "--json")).Answer;
    }

    [Fact]
    public async Task Confirm_AfterTheProfileWasLost_IsNoDeadEnd()
    {
        const string Address = "lost@up.example.com";
        var person = new BuiltCommand(workspace.At("lost"));
        _ = (await person.RunAsync("register", Address, "--service", up.Url, "--json")).Answer;
        await up.CodeAsync(Address);
        up.ForgetCodes(Address);
        Directory.Delete(person.Home, recursive: true);

        _ = (await person.RunAsync("resend", "--email", Address, "--service", up.Url, "--json")).Answer;
        var code = await up.CodeAsync(Address);
        _ = (await person.RunAsync("confirm", code, "--email", Address, "--service", up.Url, "--json")).Answer;
        _ = (await person.RunAsync("login", "--json")).Answer;
    }

    [Fact]
    public async Task Register_OnATerminal_AsksForThePasswordTwice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "script, which gives a terminal, is used as it is on Linux.");
        var person = new BuiltCommand(workspace.At("typist"));
        person.Variables.Remove("FAIRSHARE_PASSWORD");
        var run = await person.RunOnTerminalAsync(
            "Correct-horse-1\nCorrect-house-1\n",
            "register",
            "typist@up.example.com",
            "--service",
            up.Url
        );
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("[passwords-differ]", run.Output, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Expired(string session)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(session)!;
        json["expires"] = "2020-01-01T00:00:00.000Z";
        return json.ToJsonString();
    }
}
