using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Cli;

/// <summary><c>mfa enable</c>, <c>mfa disable</c>, and logins with a code, where nobody can be asked.</summary>
public sealed class AuthenticatorCommandTests : IAsyncLifetime
{
    private readonly Workspace workspace = new();
    private readonly SteppedTime time = new();
    private EmbeddedHost host = null!;
    private readonly TestCommands commands;
    private string? codeOfEnvironment;

    public AuthenticatorCommandTests() =>
        commands = new TestCommands(
            workspace,
            variable =>
                variable switch
                {
                    "FAIRSHARE_PASSWORD" => "Correct-horse-1",
                    "FAIRSHARE_TOTP" => codeOfEnvironment,
                    _ => null,
                }
        );

    public async ValueTask InitializeAsync()
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json"));
        host = await ServiceHost.StartAsync(new EmbeddedHostOptions { Time = time }, template);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        workspace.Dispose();
    }

    [Fact]
    public async Task Login_OnceAnAuthenticatorIsEnabled_AsksForItsCode()
    {
        await JoinAsync("amy");
        var shown = await commands.RunAsync("amy", "mfa", "enable");
        var secret = shown["secret"]!.ToString();
        Assert.Matches("^[A-Z2-7]{32}$", secret);
        Assert.Equal(
            $"otpauth://totp/FairShare:amy%40mfa.example.com?secret={secret}&issuer=FairShare&algorithm=SHA1&digits=6&period=30",
            shown["uri"]!.ToString()
        );
        // Nothing is asked for before a first code was given.
        await commands.RunAsync("amy", "login", "--no-key");
        var refused = await commands.FailAsync(ExitCode.Refused, "amy", "mfa", "enable", "--code", "wrong");
        Assert.Equal("EnableSoftwareTokenMFAException", refused["error"]!.ToString());
        var first = NextCode(secret);
        Assert.True((await commands.RunAsync("amy", "mfa", "enable", "--code", first))["enabled"]!.GetValue<bool>());

        var error = await commands.FailAsync(ExitCode.Usage, "amy", "login");
        Assert.Equal(("no-code", "Give it by --code or FAIRSHARE_TOTP."), (error["error"]!.ToString(), error["next"]!.ToString()));
        Assert.Equal(
            "CodeMismatchException",
            (await commands.FailAsync(ExitCode.Refused, "amy", "login", "--code", "wrong"))["error"]!.ToString()
        );
        Assert.Equal(
            "ExpiredCodeException",
            (await commands.FailAsync(ExitCode.Refused, "amy", "login", "--code", first))["error"]!.ToString()
        );
        await commands.RunAsync("amy", "login", "--no-key", "--code", NextCode(secret));
        codeOfEnvironment = NextCode(secret);
        await commands.RunAsync("amy", "login", "--no-key");

        var disabled = await commands.RunAsync("amy", "mfa", "disable");
        Assert.Equal((false, true), (disabled["enabled"]!.GetValue<bool>(), disabled["changed"]!.GetValue<bool>()));
        codeOfEnvironment = null;
        await commands.RunAsync("amy", "login", "--no-key");
    }

    [Fact]
    public async Task Disable_WhereThereIsNoSecondFactor_SaysThatNothingWasChanged()
    {
        await JoinAsync("una");
        Assert.False((await commands.RunAsync("una", "mfa", "disable"))["changed"]!.GetValue<bool>());
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Ok, await commands.InvokeAsync("una", output, TextWriter.Null, ["mfa", "disable"]));
        Assert.Equal("una@mfa.example.com has no second factor; nothing was changed.", output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Mfa_BeforeLogin_IsFive()
    {
        Assert.Equal("not-registered", (await commands.FailAsync(ExitCode.NotLoggedIn, "zoe", "mfa", "enable"))["error"]!.ToString());
        await commands.RunAsync("zoe", "register", "zoe@mfa.example.com", "--service", host.ApiUrl);
        Assert.Equal("not-logged-in", (await commands.FailAsync(ExitCode.NotLoggedIn, "zoe", "mfa", "disable"))["error"]!.ToString());
    }

    [Fact]
    public async Task Login_WrongPassword_IsOne()
    {
        await JoinAsync("ned");
        await File.WriteAllTextAsync(workspace.At("wrong.txt"), "Wrong-horse-1\n", TestContext.Current.CancellationToken);
        var error = await commands.FailAsync(ExitCode.Refused, "ned", "login", "--password-file", workspace.At("wrong.txt"));
        Assert.Equal(("NotAuthorizedException", "Check address and password."), (error["error"]!.ToString(), error["next"]!.ToString()));
    }

    // A step later than before, and the clock stands until the next: however long a command takes, its code is one of now.
    private string NextCode(string secret)
    {
        time.Step(TimeSpan.FromSeconds(30));
        return Totp.CodeAt(secret, time.GetUtcNow());
    }

    private async Task JoinAsync(string name)
    {
        await commands.RunAsync(name, "register", $"{name}@mfa.example.com", "--service", host.ApiUrl);
        await commands.RunAsync(name, "confirm", host.Mailbox.For($"{name}@mfa.example.com")[^1].Code);
        await commands.RunAsync(name, "login", "--no-key");
    }
}
