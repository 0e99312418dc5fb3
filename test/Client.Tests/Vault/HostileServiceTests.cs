using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Vault;

/// <summary>Services that answer in the right form and with wrong content.</summary>
public sealed class HostileServiceTests : IDisposable
{
    private const string Code = "L-000G-40R4-0M30-E209-185G-R38E-1YQK";

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

    private TestCommands Commands() => new(workspace, TestPeople.Environment.GetValueOrDefault);
}
