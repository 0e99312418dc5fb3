using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>A person, a gateway, and services that fail; what comes of something is written as the table writes it.</summary>
internal sealed class SeedWorld(GatewayFixture shared, Workspace workspace) : IAsyncDisposable
{
    /// <summary>The password of everything.</summary>
    public const string Password = "PASSWORD";

    /// <summary>An item that nobody stored.</summary>
    public const string NoCode = "P-000G-40R4-0M30-E209-185G-R38E-1XJN";

    private GatewayProcess? gateway;

    public required BuiltCommand Person { get; init; }

    public string Url => shared.Up.Url;

    public BuiltCommand Stranger => workspace.Stranger().Knowing(Password);

    /// <summary>Begins with the profile of somebody who is logged in and has no vault yet.</summary>
    public static SeedWorld Start(GatewayFixture shared, Workspace workspace)
    {
        var bob = shared.Up.Bob;
        var home = Directory.CreateDirectory(workspace.At("home")).FullName;
        foreach (var path in Directory.EnumerateFiles(bob.Home, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(home, Path.GetRelativePath(bob.Home, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(path, copy);
        }

        return new SeedWorld(shared, workspace) { Person = bob.With("FAIRSHARE_HOME", home).Knowing(Password) };
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }
    }

    /// <summary>A file of some bytes.</summary>
    public string File(string name = "a.bin", int size = 7) => workspace.MakeFile(name, size);

    /// <summary>A path where nothing is.</summary>
    public string Nowhere => workspace.At("nowhere");

    /// <summary>A connection to the gateway that all rows share, and whose catalogue is somebody else's.</summary>
    public Task<FssClient> ConnectAsync() => FssClient.ConnectAsync(shared.Port);

    /// <summary>A connection to the person's own gateway.</summary>
    public async Task<FssClient> ConnectToOwnAsync()
    {
        gateway ??= await GatewayProcess.StartAsync(Person);
        return await FssClient.ConnectAsync(gateway.Port);
    }

    /// <summary>Stores a file under the password, which is stretched for most of a second.</summary>
    public Task<JsonObject> PutAsync(string password = Password) => Person.Knowing(password).PutItemAsync(File(), "--password");

    /// <summary>Stores a file under its code alone.</summary>
    public Task<JsonObject> PutOpenAsync(string name = "a.bin") => Person.PutItemAsync(File(name));

    /// <summary>What fetching comes to: the exit code, and the code or the kind.</summary>
    public Task<string> GetAsync(JsonObject item, string password = Password) => GetAsync(item["link"]!.ToString(), null, password);

    /// <summary>What fetching from a service comes to.</summary>
    public Task<string> GetAsync(string code, string? service, string password = Password) =>
        RunAsync(
            workspace.Stranger().Knowing(password),
            ["get", code, .. service is null ? Array.Empty<string>() : ["--service", service], "--out", workspace.At("got")]
        );

    /// <summary>What a command comes to: the exit code, and the code of the failure or the kind of what was fetched.</summary>
    public static async Task<string> RunAsync(BuiltCommand person, params string[] arguments)
    {
        var run = await person.RunAsync(["vault", .. arguments, "--json"]);
        var answer = JsonNode.Parse(run.ExitCode == 0 ? run.Output : run.Error)!;
        return $"{run.ExitCode} `{answer[run.ExitCode == 0 ? "kind" : "error"]}`";
    }

    /// <summary>How many items a list has.</summary>
    public async Task<string> CountAsync(params string[] command)
    {
        var count = (await Person.RunAsync(["vault", .. command, "--json"])).Answer["items"]!.AsArray().Count;
        return $"{count} {(count == 1 ? "item" : "items")}";
    }

    /// <summary>The gateway's answer to what is sent, as the table writes it.</summary>
    public async Task<string> SayAsync(string flag, params string[] arguments)
    {
        await using var client = await ConnectAsync();
        await client.SendAsync(flag, arguments);
        return await HearAsync(client);
    }

    /// <summary>The gateway's next message, as the table writes it; a cookie stands for each.</summary>
    public static async Task<string> HearAsync(FssClient client)
    {
        var (flag, argument) = await client.ReceiveAsync();
        return $"`{flag}\\|{(argument.Length == 48 ? "COOKIE" : argument)}\\|`";
    }

    /// <summary>Runs something while a service answers every call in one way.</summary>
    public static async Task<string> AnsweringAsync(int status, string body, Func<string, Task<string>> run)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        });
        return await run(server.Url);
    }

    /// <summary>Runs something while a port is taken.</summary>
    public static async Task<string> WithTakenPortAsync(Func<string, Task<string>> run)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return await run($"{((IPEndPoint)taken.LocalEndpoint).Port}");
    }
}
