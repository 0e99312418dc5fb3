using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Support;

/// <summary>The built command's <c>up</c>, in a process of its own, from when it is first asked for.</summary>
public class UpHost : IAsyncDisposable
{
    private readonly Workspace workspace = new();
    private readonly Dictionary<string, TaskCompletionSource<string>> codes = [];
    private readonly Lock gate = new();
    private Task? starting;
    private Process host = null!;
    private Task reading = Task.CompletedTask;
    private int people;

    /// <summary>The API's address.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Where the object store and the user pool answer.</summary>
    public string AwsUrl { get; private set; } = "";

    /// <summary>The web page's address; empty where none is served.</summary>
    public string PageUrl { get; private set; } = "";

    /// <summary>All that <c>up</c> announced when it was started last.</summary>
    public JsonNode Announced { get; private set; } = null!;

    /// <summary>The folder of the mails.</summary>
    public string Mailbox => Path.Combine(workspace.At("data"), "mailbox");

    /// <summary>What <c>up</c> is given besides.</summary>
    protected virtual string[] Options => ["--loopback-webhooks"];

    /// <summary>A port to start on, asked for twice; 0 leaves it to the system.</summary>
    protected virtual int NextPort => 0;

    /// <summary>Starts it, if that was not done yet.</summary>
    public Task StartAsync()
    {
        lock (gate)
        {
            return starting ??= StartAsync($"{NextPort}", $"{NextPort}");
        }
    }

    /// <summary>Kills it, so that it can do nothing about it, and starts it again where it was.</summary>
    public async Task KillAndRestartAsync()
    {
        host.Kill();
        await host.WaitForExitAsync();
        await reading;
        host.Dispose();
        await StartAsync($"{new Uri(Url).Port}", $"{new Uri(AwsUrl).Port}");
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (starting is not null)
        {
            BuiltCommand.Signal(host, "TERM");
            await host.WaitForExitAsync();
            await reading;
            host.Dispose();
        }

        workspace.Dispose();
    }

    /// <summary>
    /// Signs a new person up, and in. The commands run in this process, which has compiled them already; those of their own have tests.
    /// </summary>
    public async Task<(BuiltCommand Person, string Address)> JoinAsync()
    {
        var name = $"person{Interlocked.Increment(ref people)}";
        var address = $"{name}@up.example.com";
        var person = new BuiltCommand(workspace.At("home", name));
        var commands = new TestCommands(workspace, person.Variables.GetValueOrDefault);
        await commands.RunAsync(name, "register", address, "--service", Url);
        await commands.RunAsync(name, "confirm", await CodeAsync(address));
        await commands.RunAsync(name, "login");
        return (person, address);
    }

    /// <summary>The code that was mailed to an address, once it is.</summary>
    public Task<string> CodeAsync(string address) => CodeFor(address).Task;

    /// <summary>Has the next code be waited for, not the last be given.</summary>
    public void ForgetCodes(string address)
    {
        lock (gate)
        {
            codes.Remove(address);
        }
    }

    private async Task StartAsync(string port, string awsPort)
    {
        var command = new BuiltCommand(workspace.At("nobody"));
        host = command.Start(["up", "--json", "--data", workspace.At("data"), "--port", port, "--aws-port", awsPort, .. Options]);
        var announced =
            await host.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await host.StandardError.ReadToEndAsync());
        var addresses = Announced = JsonNode.Parse(announced)!;
        (Url, AwsUrl, PageUrl) = ($"{addresses["api"]}", $"{addresses["aws"]}", $"{addresses["page"]}");
        reading = Task.WhenAll(ReadCodesAsync(), host.StandardError.ReadToEndAsync());
    }

    private TaskCompletionSource<string> CodeFor(string address)
    {
        lock (gate)
        {
            return codes.TryGetValue(address, out var found)
                ? found
                : codes[address] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task ReadCodesAsync()
    {
        while (await host.StandardOutput.ReadLineAsync() is { } line)
        {
            if (JsonNode.Parse(line) is JsonObject mail && mail["mailTo"] is { } address && mail["code"] is { } code)
            {
                CodeFor(address.ToString()).TrySetResult(code.ToString());
            }
        }
    }
}
