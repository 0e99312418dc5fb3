using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>What is done in each row of the tables in docs/vault.md, and what comes of it.</summary>
internal static class SeedCases
{
    private const string Problem = """{"code":"internal-error","detail":"Something failed."}""";

    public static IReadOnlyDictionary<string, Func<SeedWorld, Task<string>>> All { get; } =
        Messages().Concat(ClientErrors()).Concat(ServerErrors()).Concat(Functions()).ToDictionary();

    private static Dictionary<string, Func<SeedWorld, Task<string>>> Messages() =>
        new()
        {
            ["client: `U`, a password"] = world => world.SayAsync("U", SeedWorld.Password),
            ["client: `F`, file data"] = world => TalkAsync(world, 2),
            ["client: `F`, `FIN`"] = world => TalkAsync(world, 3),
            ["client: `D`, a cookie and a password"] = world => TalkAsync(world, 4),
            ["server: `F`, file data"] = world => TalkAsync(world, 5),
            ["client: `D`, `OK`"] = world => TalkAsync(world, 6),
            ["client: `E`, details"] = async world =>
            {
                await using var client = await world.ConnectAsync();
                await client.SendAsync("E", "enough");
                return await client.IsEndedAsync() ? "the end of the connection" : "more";
            },
            ["server: `R`, a cookie"] = async world => Digits((await world.PutOpenAsync())["cookie"]!.ToString()),
            ["server: `S`, `Approved`"] = async world => await world.GetAsync(await world.PutAsync()),
            ["server: `E`, details"] = world => world.GetAsync(SeedWorld.NoCode, world.Url),
        };

    private static Dictionary<string, Func<SeedWorld, Task<string>>> ClientErrors() =>
        new()
        {
            ["Wrong Password, of the program"] = async world =>
            {
                await world.PutOpenAsync();
                return await SeedWorld.RunAsync(world.Person.With("FAIRSHARE_PASSPHRASE", "another one"), "list");
            },
            ["SQL Server cannot create a new database"] = async world =>
            {
                await world.PutOpenAsync();
                var catalogue = Path.Combine(world.Person.Home, "vault", "catalogue.db");
                File.Delete(catalogue);
                Directory.CreateDirectory(catalogue);
                return await SeedWorld.RunAsync(world.Person, "list");
            },
            ["Failed to proceed the selected operation, by the server"] = world =>
                SeedWorld.AnsweringAsync(500, Problem, url => world.GetAsync(SeedWorld.NoCode, url)),
            ["Failed to proceed the selected operation, by the client"] = world => SeedWorld.RunAsync(world.Person, "put", world.Nowhere),
            ["Record not found"] = world => SeedWorld.RunAsync(world.Person, "show", "nothing"),
            ["Invalid server response"] = world => SeedWorld.AnsweringAsync(200, "{}", url => world.GetAsync(SeedWorld.NoCode, url)),
            ["Server error"] = async world =>
            {
                await using var client = await world.ConnectAsync();
                await client.SendAsync("U", SeedWorld.Password);
                var (_, cookie) = await client.ReceiveAsync();
                await AnnounceAsync(client);
                return await WaitAsync(() => world.GetAsync(cookie, world.Url), "1 `vault-item-not-found`");
            },
            ["Server Connection Was Failed"] = world => world.GetAsync(SeedWorld.NoCode, "http://127.0.0.1:1"),
            ["This Operation Does Not Exist"] = world => SeedWorld.RunAsync(world.Person, "frobnicate"),
        };

    private static Dictionary<string, Func<SeedWorld, Task<string>>> ServerErrors() =>
        new()
        {
            ["Server operation was aborted"] = world =>
                SeedWorld.WithTakenPortAsync(port => SeedWorld.RunAsync(world.Person, "gateway", "--port", port)),
            ["Illegal user state"] = world => world.SayAsync("F", "Y29udGVudA=="),
            ["Illegal user state, of an item"] = async world =>
            {
                var item = await world.Person.PutItemAsync(world.File(), "--opens", "3");
                foreach (var folder in new[] { "one", "two" })
                {
                    _ = (await world.Stranger.GetItemAsync(item, "--out", Path.Combine(world.Nowhere, folder))).Answer;
                }

                return await SeedWorld.RunAsync(world.Person, "limits", "a.bin", "--opens", "1");
            },
            ["Invalid cookie"] = world => world.SayAsync("D", "136021057210105094113039113188177221253072063121", SeedWorld.Password),
            ["Invalid cookie, with a wrong digit"] = world => world.GetAsync("136021057210105094113039113188177221253072063999", world.Url),
            ["Invalid password"] = async world => await world.SayAsync("D", (await world.PutAsync())["cookie"]!.ToString(), "WRONG"),
            ["Invalid password, at the service"] = async world => await world.GetAsync(await world.PutAsync(), "WRONG"),
            ["cannot upload/download the file"] = async world =>
            {
                await using var client = await world.ConnectAsync();
                await client.SendAsync("U", SeedWorld.Password);
                await client.ReceiveAsync();
                await client.SendAsync("F", "no base64!");
                return await SeedWorld.HearAsync(client);
            },
            ["Failed to proceed with the selected operation"] = world => world.SayAsync("X", "anything"),
        };

    private static Dictionary<string, Func<SeedWorld, Task<string>>> Functions() =>
        new()
        {
            ["importing: a file that comes"] = async world =>
            {
                await using var client = await world.ConnectToOwnAsync();
                await client.SendAsync("U", SeedWorld.Password);
                await client.ReceiveAsync();
                return await WaitAsync(async () => await StateAsync(world), "");
            },
            ["stored: a file in its directory"] = async world =>
            {
                await world.PutOpenAsync();
                return $"`{(await world.Person.RunAsync("vault", "show", "a.bin", "--json")).Answer["state"]}`";
            },
            ["Create, of the client's database"] = world => world.CountAsync("list"),
            ["Insert"] = async world => await AfterTwoAsync(world, 1, "list"),
            ["Search"] = async world => await AfterTwoAsync(world, 2, "find", "B.B"),
            ["List Files"] = async world => await AfterTwoAsync(world, 2, "list"),
            ["Get Cookie"] = async world => Digits(await ShownAsync(world, "cookie")),
            ["Get Size"] = async world => $"{await ShownAsync(world, "size")} bytes",
            ["Remove"] = async world =>
            {
                await world.PutOpenAsync();
                _ = (await world.Person.RunAsync("vault", "forget", "a.bin", "--json")).Answer;
                return await world.CountAsync("list");
            },
            ["Clean"] = async world =>
            {
                await AfterTwoAsync(world, 2, "list");
                _ = (await world.Person.RunAsync("vault", "clean", "--yes", "--json")).Answer;
                return await world.CountAsync("list");
            },
            ["Delete Record"] = async world =>
            {
                var item = await world.PutOpenAsync();
                _ = (await world.Person.RunAsync("vault", "delete", "a.bin", "--json")).Answer;
                return await world.GetAsync(item);
            },
            ["Verify"] = async world => await world.GetAsync(await world.PutAsync(password: "caf\u00e9"), "cafe\u0301"),
            ["change_pass"] = async world =>
            {
                var item = await world.PutAsync();
                var person = world.Person.With("FAIRSHARE_NEW_VAULT_PASSWORD", "NEW");
                _ = (await person.RunAsync("vault", "rekey", "a.bin", "--json")).Answer;
                return await world.GetAsync(item);
            },
        };

    private static string Digits(string cookie) => $"{cookie.Count(char.IsAsciiDigit)} digits";

    private static async Task<string> AfterTwoAsync(SeedWorld world, int count, params string[] command)
    {
        foreach (var name in new[] { "a.bin", "b.bin" }.Take(count))
        {
            await world.PutOpenAsync(name);
        }

        return await world.CountAsync(command);
    }

    private static async Task<string> ShownAsync(SeedWorld world, string member)
    {
        await world.PutOpenAsync();
        return (await world.Person.RunAsync("vault", "show", "a.bin", "--offline", "--json")).Answer[member]!.ToString();
    }

    private static async Task<string> StateAsync(SeedWorld world)
    {
        var items = (await world.Person.RunAsync("vault", "list", "--json")).Answer["items"]!.AsArray();
        return items.Count == 0 ? "" : $"`{items[0]!["state"]}`";
    }

    // A session as the seed has it, up to one of its answers.
    private static async Task<string> TalkAsync(SeedWorld world, int answers)
    {
        await using var client = await world.ConnectAsync();
        await client.SendAsync("U", SeedWorld.Password);
        var (_, cookie) = await client.ReceiveAsync();
        string[][] next =
        [
            ["F", "Y29udGVudA=="],
            ["F", "FIN"],
            ["D", cookie, SeedWorld.Password],
            [],
            ["D", "OK"],
        ];
        var heard = "";
        foreach (var message in next.Take(answers - 1))
        {
            if (message is [var flag, .. var arguments])
            {
                await client.SendAsync(flag, arguments);
            }

            heard = await SeedWorld.HearAsync(client);
        }

        return heard;
    }

    // More than one part: then the item is announced before its end.
    private static async Task AnnounceAsync(FssClient client)
    {
        var data = new byte[600_000];
        var random = new Random(3);
        for (var sent = 0; sent < 18_000_000; sent += data.Length)
        {
            random.NextBytes(data);
            await client.SendAsync("F", Convert.ToBase64String(data));
            await client.ReceiveAsync();
        }
    }

    // What is done there takes a while to be seen here.
    private static async Task<string> WaitAsync(Func<Task<string>> look, string before)
    {
        string seen;
        do
        {
            seen = await look();
        } while (seen == before);

        return seen;
    }
}
