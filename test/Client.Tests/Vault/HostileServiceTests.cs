using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Vault;

/// <summary>Services that answer in the right form and with wrong content.</summary>
public sealed class HostileServiceTests : IDisposable
{
    private const string Code = "L-000G-40R4-0M30-E209-185G-R38E-1YQK";

    private const int Size = 200_000;

    // What moves a cursor, rings, and turns the direction of writing; a name may have a line break too.
    private const string Hostile = "\u001b\u0007\u009b\u202e\u2066\n\u007f";

    private static readonly string Digest = new('A', 43);

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("url", "\"file:///etc/passwd\"")]
    [InlineData("url", "\"/obj\"")]
    [InlineData("url", "\"ftp://127.0.0.1/obj\"")]
    [InlineData("url", "\"http://\"")]
    [InlineData("url", "\"\"")]
    [InlineData("url", "null")]
    [InlineData("body", "\"no base64!\"")]
    [InlineData("size", "-1")]
    [InlineData("opensLeft", "-1")]
    [InlineData("digest", """{"method":"md5","value":"x"}""")]
    [InlineData("digest", """{"method":"sha-256","value":"x"}""")]
    [InlineData("digest", """{"method":"sha-256-parts","value":"x","partSize":-1}""")]
    [InlineData("ticketUntil", "\"never\"")]
    public async Task Get_OpenAnswerWithAWrongMember_IsUnexpected(string member, string value)
    {
        var answer = Opened();
        answer[member] = JsonNode.Parse(value);
        await using var server = await LocalServer.StartAsync(context => context.Response.WriteAsync(answer.ToJsonString()));

        var refused = await Commands().FailAsync(ExitCode.Refused, "ben", Get(server));

        Assert.Equal("unexpected-answer", refused["error"]!.ToString());
        Assert.DoesNotContain("Nothing was changed", refused["next"]!.ToString(), StringComparison.Ordinal);
    }

    // One PUT; parts; parts whose list or end leads elsewhere, or is none.
    [Theory]
    [InlineData(20_000, """{"url":"file:///etc/passwd"}""", "{}")]
    [InlineData(20_000, """{"url":"/obj"}""", "{}")]
    [InlineData(20_000, "null", "{}")]
    [InlineData(9_000_000, "null", """{"parts":[],"partsUrl":"/","completeUrl":"/","completeHeaders":{}}""")]
    [InlineData(9_000_000, "null", """{"parts":[null],"partsUrl":"/","completeUrl":"/","completeHeaders":{}}""")]
    [InlineData(
        9_000_000,
        "null",
        """{"parts":[{"number":1,"method":"PUT","url":"/obj"}],"partsUrl":"/","completeUrl":"/","completeHeaders":{}}"""
    )]
    [InlineData(
        9_000_000,
        "null",
        """{"parts":[{"number":1,"method":"PUT","url":"URL/obj"}],"partsUrl":"/","completeUrl":"file:///","completeHeaders":{}}"""
    )]
    public async Task Put_UploadWayThatIsNone_IsUnexpected(int size, string upload, string parts)
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.Headers.ETag = "\"tag\"";
            var isParts = context.Request.Path.Value!.EndsWith("/parts", StringComparison.Ordinal);
            var answer = $$"""
                {"id":"AAAAAAAAAAAAAAAAAAAAAA","state":"Pending","expiresAt":"2100-01-01T00:00:00.000Z","partSize":8388608,"upload":{{upload}}}
                """;
            await context.Response.WriteAsync(
                isParts ? parts.Replace("URL", $"http://{context.Request.Host}", StringComparison.Ordinal) : answer
            );
        });

        var refused = await Commands()
            .FailAsync(
                ExitCode.Refused,
                "ann",
                ["vault", "put", workspace.MakeFile("a.bin", size), "--anonymous", "--no-compress", "--service", server.Url]
            );

        Assert.Equal("unexpected-answer", refused["error"]!.ToString());
    }

    [Fact]
    public async Task Get_DetailOfAProblemWithControlCharacters_DoesNothingToTheTerminal()
    {
        var problem = new JsonObject { ["code"] = "vault-locked", ["detail"] = $"It is{Hostile}locked." };
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return context.Response.WriteAsync(problem.ToJsonString());
        });

        AssertHarmless(await SayAsync(ExitCode.Refused, "ben", Get(server)));
        AssertHarmless(await SayAsync(ExitCode.Refused, "ben", Get(server, "--json")));
    }

    [Fact]
    public async Task Get_NameInAnArchiveWithControlCharacters_DoesNothingToTheTerminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no such names.");
        await using var server = await StoringAsync();
        var put = workspace.MakeFile($"a{Hostile}b", 10);
        var item = await Commands().RunAsync("ann", "vault", "put", put, "--anonymous", "--service", server.Url);
        AssertHarmless(await SayAsync(ExitCode.Ok, "ann", ["vault", "list"]));
        foreach (var option in new[] { "--json=false", "--json=true" })
        {
            string[] get = ["vault", "get", item["link"]!.ToString(), "--out", workspace.At(option), option];
            AssertHarmless(await SayAsync(ExitCode.Ok, "ben", get));
        }
    }

    [Fact]
    public async Task Get_ObjectThatStalls_IsUnreachable()
    {
        var time = new TriggeredTime();
        await using var server = await ServingAsync(
            async (context, _) =>
            {
                await context.Response.BodyWriter.WriteAsync(new byte[100]);
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    time.Trigger();
                    await Task.Delay(10);
                }
            }
        );

        var refused = await Commands(time)
            .FailAsync(ExitCode.Unreachable, "ben", Get(server, "--raw", workspace.At("raw"), "--timeout", "3600"));

        Assert.Contains("did not go on for 3600 s", refused["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("run the same command again", refused["next"]!.ToString(), StringComparison.Ordinal);
    }

    // Each answer is the whole object, and breaks off 50,000 bytes later than the one before, or where that did.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_ObjectOfAServerWithoutRanges_IsFetchedWhereItGoesOn(bool goesOn)
    {
        var content = await File.ReadAllBytesAsync(workspace.MakeFile("object", Size), TestContext.Current.CancellationToken);
        await using var server = await ServingAsync(
            async (context, attempt) =>
            {
                var length = goesOn ? attempt * 50_000 : 50_000;
                await context.Response.BodyWriter.WriteAsync(content.AsMemory(0, Math.Min(length, Size)));
                if (length < Size)
                {
                    await context.Response.BodyWriter.FlushAsync();
                    context.Abort();
                }
            },
            content
        );

        string[] get = Get(server, "--raw", workspace.At("raw"));
        if (goesOn)
        {
            _ = await Commands(new TriggeredTime()).RunAsync("ben", get);
            Assert.Equal(content, await File.ReadAllBytesAsync(workspace.At("raw"), TestContext.Current.CancellationToken));
        }
        else
        {
            var refused = await Commands(new TriggeredTime()).FailAsync(ExitCode.Unreachable, "ben", get);
            Assert.Equal("unreachable", refused["error"]!.ToString());
        }
    }

    [Theory]
    [InlineData("--out", "out")]
    [InlineData("--raw", "out.age")]
    public async Task Get_WhereNothingCanBeWritten_IsRefusedBeforeTheOpen(string option, string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The folder is one of Linux.");
        var calls = 0;
        await using var server = await LocalServer.StartAsync(context =>
        {
            calls++;
            return context.Response.WriteAsync(Opened().ToJsonString());
        });

        string[] get = ["vault", "get", Code, "--service", server.Url, option, $"/proc/{name}"];
        var refused = await Commands().FailAsync(ExitCode.LocalFile, "ben", get);

        Assert.Equal("target-unwritable", refused["error"]!.ToString());
        Assert.Contains("cannot be written to", refused["message"]!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Nothing was opened.", refused["next"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Put_ThatIsRefused_LeavesNothing()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("""{"code":"vault-accounts-only","detail":"No."}""");
        });

        await Commands().FailAsync(ExitCode.Refused, "ann", Put(server, 20_000));

        await AssertNothingIsKeptAsync();
    }

    // What is kept of an upload that was interrupted goes with the item.
    [Theory]
    [InlineData("forget", "a.bin")]
    [InlineData("delete", "a.bin")]
    [InlineData("clean", "--yes")]
    public async Task Forget_UploadThatWasCutShort_LeavesNothing(params string[] command)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Method == HttpMethods.Post ? 500 : 404;
            return context.Response.WriteAsync("""{"code":"vault-item-not-found","detail":"No."}""");
        });
        await Commands().FailAsync(ExitCode.Refused, "ann", Put(server, 20_000));
        Assert.Single(Directory.EnumerateFiles(workspace.At("home", "ann", "vault", "uploads")));

        await Commands().RunAsync("ann", ["vault", .. command]);

        await AssertNothingIsKeptAsync();
    }

    private async Task AssertNothingIsKeptAsync()
    {
        Assert.Empty(Directory.EnumerateFiles(workspace.At("home", "ann", "vault", "uploads")));
        Assert.Empty((await Commands().RunAsync("ann", "vault", "list"))["items"]!.AsArray());
    }

    private string[] Put(LocalServer server, int size) =>
        ["vault", "put", workspace.MakeFile("a.bin", size), "--anonymous", "--no-compress", "--service", server.Url];

    private static Task<LocalServer> ServingAsync(Func<HttpContext, int, Task> serve, byte[]? content = null)
    {
        var attempt = 0;
        return LocalServer.StartAsync(context =>
        {
            if (context.Request.Path == "/object")
            {
                context.Response.ContentLength = Size;
                return serve(context, Interlocked.Increment(ref attempt));
            }

            var answer = Opened();
            answer["size"] = Size;
            answer["url"] = $"http://{context.Request.Host}/object";
            answer["digest"]!["value"] = Convert
                .ToBase64String(SHA256.HashData(content ?? []))
                .TrimEnd('=')
                .Replace('+', '-')
                .Replace('/', '_');
            return context.Response.WriteAsync(answer.ToJsonString());
        });
    }

    // A service that keeps one small item.
    private static Task<LocalServer> StoringAsync()
    {
        JsonNode? kept = null;
        return LocalServer.StartAsync(async context =>
        {
            var request = await JsonNode.ParseAsync(context.Request.Body);
            var answer = Opened();
            if (request!["verifier"] is not null)
            {
                kept = request;
                (answer["id"], answer["state"], answer["partSize"]) = (request["id"]!.ToString(), "Stored", 1);
            }

            answer.Remove("url");
            (answer["size"], answer["body"]) = (kept!["size"]!.GetValue<long>(), kept["body"]!.ToString());
            await context.Response.WriteAsync(answer.ToJsonString());
        });
    }

    private static void AssertHarmless(string said)
    {
        Assert.Contains('\n', said);
        Assert.DoesNotContain(said, symbol => symbol != '\n' && Hostile.Contains(symbol, StringComparison.Ordinal));
    }

    private async Task<string> SayAsync(int exitCode, string name, string[] arguments)
    {
        using var said = new StringWriter();
        Assert.Equal(exitCode, await Commands().InvokeAsync(name, said, said, arguments));
        return said.ToString();
    }

    private static JsonObject Opened() =>
        new()
        {
            ["size"] = 10,
            ["digest"] = new JsonObject { ["method"] = "sha-256", ["value"] = Digest },
            ["expiresAt"] = "2100-01-01T00:00:00.000Z",
            ["ticketUntil"] = "2100-01-01T00:00:00.000Z",
            ["opensLeft"] = 1,
            ["url"] = "http://127.0.0.1:1/obj",
        };

    private string[] Get(LocalServer server, params string[] options) =>
        ["vault", "get", Code, "--service", server.Url, "--out", workspace.At("out"), .. options];

    private TestCommands Commands(TimeProvider? time = null) => new(workspace, TestPeople.Environment.GetValueOrDefault, time);
}
