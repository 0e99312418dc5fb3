using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>
/// The host is killed when it has answered one of a command's requests, and started again: what it had accepted is there, and the same
/// command goes on.
/// </summary>
public sealed class KilledHostTests : IAsyncLifetime
{
    // Two parts: describe, create, parts and PUT twice, complete, commit.
    private const int Size = 9 << 20;
    private const int MostRequests = 20;

    // Of each three requests one in the short form: a start takes seconds.
    private static readonly int Step = Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1" ? 1 : 3;

    private readonly Workspace workspace = new();
    private readonly UpHost up = new();

    public async ValueTask InitializeAsync() => await up.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await up.DisposeAsync();
        workspace.Dispose();
    }

    [Fact]
    public async Task Put_HostKilledAfterEachAnswer_GoesOnToOneWholeItem()
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("file.bin", Size);
        var answered = 0;
        for (; answered < MostRequests; answered += Step)
        {
            string[] put = ["vault", "put", source, "--json"];
            if (!await KillHostAsync(person, answered + 1, put))
            {
                break;
            }

            var item = (await person.RunAsync(put)).Answer;
            var listed = Assert.Single((await person.RunAsync("vault", "list", "--json")).Answer["items"]!.AsArray())!;
            Assert.Equal((item["code"]!.ToString(), "stored"), (listed["code"]!.ToString(), listed["state"]!.ToString()));
            await AssertFetchedAsync(item, source, $"out-{answered}");
            _ = (await person.RunAsync("vault", "delete", "file.bin", "--json")).Answer;
        }

        Assert.InRange(answered, 6, MostRequests - 1);
    }

    [Fact]
    public async Task Get_HostKilledAfterEachAnswer_CostsOneOpenAndIsWhole()
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("file.bin", 100_000);
        var answered = 0;
        for (; answered < MostRequests; answered += Step)
        {
            var name = $"kill {answered}";
            var item = (await person.RunAsync("vault", "put", source, "--opens", "2", "--name", name, "--json")).Answer;
            var output = workspace.At($"out-{answered}");
            string[] get = ["vault", "get", item["link"]!.ToString(), "--out", output, "--json"];
            if (!await KillHostAsync(workspace.Stranger(), answered + 1, get))
            {
                break;
            }

            var fetched = Path.Combine(output, "file.bin");
            if (!File.Exists(fetched))
            {
                _ = (await workspace.Stranger().RunAsync(get)).Answer;
            }

            Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(fetched, Stop));
            Assert.Equal(1, (await person.RunAsync("vault", "show", name, "--json")).Answer["opens"]!.GetValue<int>());
        }

        Assert.InRange(answered, 2, MostRequests - 1);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// Whether a command got as far as this request; the host was then killed behind its answer, which the command never had.
    /// </summary>
    private async Task<bool> KillHostAsync(BuiltCommand person, int number, string[] arguments)
    {
        await using var proxy = await HoldingProxy.StartAsync(number, goesOn: true);
        using var process = person.With("http_proxy", proxy.Url).Start([.. arguments, "--timeout", "5"]);
        var ended = process.WaitForExitAsync(Stop);
        if (await Task.WhenAny(proxy.Held, ended) == ended)
        {
            Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(Stop));
            return false;
        }

        await up.KillAndRestartAsync();
        process.Kill();
        await ended;
        return true;
    }

    private async Task AssertFetchedAsync(JsonObject item, string source, string output)
    {
        _ = (await workspace.Stranger().GetItemAsync(item, "--out", workspace.At(output))).Answer;
        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(workspace.At(output, "file.bin"), Stop));
    }
}
