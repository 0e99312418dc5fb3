using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>
/// The client is killed at each of its requests, before the service has it and after: the same command goes on, and there is never half an
/// item, nor an open lost or gained.
/// </summary>
public sealed class KilledClientTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    // Three parts of 8 MiB at most: describe, create, parts and PUT three times, complete, commit.
    private const int Size = 18 << 20;
    private const int MostRequests = 30;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    /// <summary>
    /// Whether a request is held only when it was answered, and how large the file is. Killed before a request, the client of a large file
    /// has done hardly more than when it was killed behind the one before: that is the long form's.
    /// </summary>
    public static TheoryData<bool, int> Kills
    {
        get
        {
            var kills = new TheoryData<bool, int>
            {
                { false, 100 },
                { true, 100 },
                { false, 100_000 },
                { true, 100_000 },
                { true, Size },
            };
            if (IsLong)
            {
                kills.Add(false, Size);
            }

            return kills;
        }
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Put_KilledAtEachRequest_GoesOnToOneItem(bool goesOn, int size)
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("file.bin", size);
        var kills = 0;
        var step = size == Size && !IsLong ? 3 : 1;
        for (var number = 1; number <= MostRequests; number += step)
        {
            string[] put = ["vault", "put", source, "--json"];
            if (await HoldingProxy.KillAsync(person, number, goesOn, put) is null)
            {
                break;
            }

            kills++;
            var item = (await person.RunAsync(put)).Answer;
            var listed = (await person.RunAsync("vault", "list", "--json")).Answer["items"]!.AsArray();
            Assert.Equal(
                (item["code"]!.ToString(), "stored"),
                (Assert.Single(listed)!["code"]!.ToString(), listed[0]!["state"]!.ToString())
            );
            await AssertFetchedAsync(item, source);
            _ = (await person.RunAsync("vault", "delete", "file.bin", "--json")).Answer;
        }

        Assert.InRange(kills, size == 100 ? 2 : 4, MostRequests - 1);
        Assert.False(Directory.EnumerateFiles(Path.Combine(person.Home, "vault", "uploads")).Any());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_KilledAtEachRequest_CostsOneOpenAndIsWhole(bool goesOn)
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("file.bin", 100_000);
        var kills = 0;
        for (var number = 1; number <= MostRequests; number++)
        {
            var item = (await person.RunAsync("vault", "put", source, "--opens", "2", "--name", $"kill {number}", "--json")).Answer;
            var output = workspace.At($"out-{goesOn}-{number}");
            string[] get = ["vault", "get", item["link"]!.ToString(), "--out", output, "--json"];
            if (await HoldingProxy.KillAsync(workspace.Stranger(), number, goesOn, get) is not { } step)
            {
                break;
            }

            kills++;
            var isThere = File.Exists(Path.Combine(output, "file.bin"));
            var again = await workspace.Stranger().RunAsync(get);
            // Killed while it gave the ticket back, it had everything: then the same command says that it is there.
            Assert.Equal(isThere, step.EndsWith("/done", StringComparison.Ordinal));
            Assert.True(again.ExitCode == 0 || (isThere && again.Error.Contains("file-in-the-way", StringComparison.Ordinal)), again.Error);
            Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(Path.Combine(output, "file.bin"), Stop));
            var shown = (await person.RunAsync("vault", "show", $"kill {number}", "--json")).Answer;
            Assert.Equal(1, shown["opens"]!.GetValue<int>());
        }

        Assert.InRange(kills, 3, MostRequests - 1);
    }

    [Theory]
    [InlineData("content", true)]
    [InlineData("password", true)]
    [InlineData("terms", true)]
    [InlineData("nothing", false)]
    public async Task Put_KilledAndRunWithSomethingElse_StartsUnderAnotherCodeAndErasesTheFirst(string changed, bool isNew)
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("file.bin", Size);
        string[] put = ["vault", "put", source, "--password", "--json"];
        Assert.NotNull(await HoldingProxy.KillAsync(person.Knowing("first"), number: 6, goesOn: true, put));
        var first = Assert.Single((await person.RunAsync("vault", "list", "--json")).Answer["items"]!.AsArray())!["code"]!.ToString();
        if (changed == "content")
        {
            workspace.MakeFile("file.bin", Size, seed: 2);
        }

        string[] again = changed == "terms" ? [.. put, "--opens", "3"] : put;
        var password = changed == "password" ? "second" : "first";
        var item = (await person.Knowing(password).RunAsync(again)).Answer;

        Assert.Equal((isNew, !isNew), (item["code"]!.ToString() != first, item["resumed"]!.GetValue<bool>()));
        Assert.Single((await person.RunAsync("vault", "list", "--json")).Answer["items"]!.AsArray());
        Assert.Equal(isNew ? 1 : 0, await GoneAsync(first, "first"));
        _ = (await workspace.Stranger().Knowing(password).GetItemAsync(item, "--out", workspace.At("out"))).Answer;
        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(workspace.At("out", "file.bin"), Stop));
    }

    // 1 where the service has erased it.
    private async Task<int> GoneAsync(string code, string password)
    {
        var run = await workspace
            .Stranger()
            .Knowing(password)
            .RunAsync("vault", "get", code, "--service", up.Url, "--out", workspace.At("first"));
        return run.ExitCode;
    }

    [Fact]
    public async Task Get_KilledAndRunWithAWrongPassword_KeepsTheOpenThatWasGranted()
    {
        var (person, _) = await up.JoinAsync();
        var source = workspace.MakeFile("secret.bin", 100_000);
        var password = workspace.At("password");
        await File.WriteAllTextAsync(password, "correct horse", Stop);
        var wrong = workspace.At("wrong");
        await File.WriteAllTextAsync(wrong, "battery staple", Stop);
        string[] put = ["vault", "put", source, "--opens", "1", "--password-file", password, "--name", "once", "--json"];
        var item = (await person.RunAsync(put)).Answer;
        string[] get = ["vault", "get", item["link"]!.ToString(), "--out", workspace.At("out"), "--json", "--password-file"];
        // The second request fetches the object: by then the only open is granted.
        Assert.NotNull(await HoldingProxy.KillAsync(workspace.Stranger(), number: 2, goesOn: true, [.. get, password]));

        var refused = await workspace.Stranger().RunAsync([.. get, wrong]);
        Assert.Contains("vault-item-not-found", refused.Error, StringComparison.Ordinal);

        _ = (await workspace.Stranger().RunAsync([.. get, password])).Answer;
        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(workspace.At("out/secret.bin"), Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task AssertFetchedAsync(JsonObject item, string source)
    {
        var output = workspace.At("fetched");
        _ = (await workspace.Stranger().GetItemAsync(item, "--out", output)).Answer;
        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(Path.Combine(output, "file.bin"), Stop));
        Directory.Delete(output, recursive: true);
    }
}
