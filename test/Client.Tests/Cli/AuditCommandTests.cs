using System.ComponentModel;
using System.Diagnostics;
using FairShare.Cli.Output;
using FairShare.Client.Log;
using FairShare.Client.Tests.Support;
using FairShare.Log.Leaves;
using FairShare.Testing;

namespace FairShare.Client.Tests.Cli;

/// <summary>The command <c>audit</c> over the table of a host, and the queries of docs/log.md over what it reads and writes.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly TestCommands commands;

    public AuditCommandTests() => commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Audit_TrueTableThenATamperedOne_FindsNothingThenWhatWasDone()
    {
        var options = new TemplateHost.Hosting.EmbeddedHostOptions { LongestBatchingWindow = TimeSpan.FromSeconds(1) };
        await using var host = await TestHost.StartAsync(options, isJudged: false);
        var (store, folder) = await new TestPeople(commands, workspace, host.Embedded).CompleteAsync("ann", "bob");
        using var http = new HttpClient { BaseAddress = new Uri(host.Embedded.ApiUrl + "/log/") };
        var release = LogLeaf.OfToken((await File.ReadAllTextAsync(Path.Combine(folder, "release.jws"), Stop)).Trim());
        Assert.NotNull(await new LogClient(http).WaitForProofAsync(release.TokenHash, TimeProvider.System, TimeSpan.FromMinutes(1), Stop));
        var lines = await TableExport.LinesAsync(host);
        await File.WriteAllTextAsync(workspace.At("items.jsonl"), lines + "\n", Stop);
        string[] audit = ["audit", "--service", host.Embedded.ApiUrl, "--store-key", store, "--table"];

        var found = await commands.RunAsync("auditor", [.. audit, workspace.At("items.jsonl"), "--out", workspace.At("audit")]);
        Assert.Empty(found["findings"]!.AsArray());
        Assert.Equal("""{"Completed":1}""", found["states"]!.ToJsonString());
        Assert.Contains("Findings: 0", await File.ReadAllTextAsync(workspace.At("audit", "audit.html"), Stop), StringComparison.Ordinal);
        // What stands there already stays.
        await commands.FailAsync(ExitCode.LocalFile, "auditor", [.. audit, workspace.At("items.jsonl"), "--out", workspace.At("audit")]);

        var tampered = lines.Replace("\"S\":\"Completed\"", "\"S\":\"Declined\"", StringComparison.Ordinal);
        Assert.NotEqual(lines, tampered);
        await File.WriteAllTextAsync(workspace.At("tampered.jsonl"), tampered, Stop);
        using var output = new StringWriter();
        Assert.Equal(
            ExitCode.NotVerified,
            await commands.InvokeAsync("auditor", output, output, [.. audit, workspace.At("tampered.jsonl")])
        );
        Assert.Contains("WRONG other-state", output.ToString(), StringComparison.Ordinal);
        await AuditWithoutTilesAsync(host.Embedded.ApiUrl, store);
        await File.WriteAllTextAsync(workspace.At("garbage.jsonl"), "{}\n", Stop);
        Assert.NotEqual(0, await commands.InvokeAsync("auditor", output, output, [.. audit, workspace.At("garbage.jsonl")]));
        await QueryAsync();
    }

    /// <summary>Where the log's server fails, what the table shows is reported all the same, and nothing is held to be missing.</summary>
    private async Task AuditWithoutTilesAsync(string service, string store)
    {
        using var http = new HttpClient();
        await using var failing = await LocalServer.StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/log/tile", StringComparison.Ordinal))
            {
                context.Response.StatusCode = 500;
                return;
            }

            await context.Response.Body.WriteAsync(await http.GetByteArrayAsync(new Uri(service + context.Request.Path), Stop), Stop);
        });
        using var output = new StringWriter();
        string[] audit = ["audit", "--service", failing.Url, "--store-key", store, "--table", workspace.At("tampered.jsonl")];
        var code = await commands.InvokeAsync("auditor", output, output, [.. audit, "--out", workspace.At("cut-off")]);
        Assert.True(code == ExitCode.Incomplete, output.ToString());
        Assert.Contains("INCOMPLETE log  The log could not be read to its end: ", output.ToString(), StringComparison.Ordinal);
        var findings = await File.ReadAllTextAsync(workspace.At("cut-off", "findings.jsonl"), Stop);
        Assert.Contains("other-state", findings, StringComparison.Ordinal);
        Assert.Contains("incomplete", findings, StringComparison.Ordinal);
        Assert.DoesNotContain("not-in-log", findings, StringComparison.Ordinal);
        Assert.Contains("incomplete", await File.ReadAllTextAsync(workspace.At("cut-off", "audit.html"), Stop), StringComparison.Ordinal);
    }

    private async Task QueryAsync()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(Root(AppContext.BaseDirectory), "docs", "log.md"), Stop);
        var queries = page.Where(line => line.StartsWith("$ sqlite3 ", StringComparison.Ordinal)).Select(line => line[2..]).ToList();
        Assert.Equal(2, queries.Count);
        var answers = new List<string>();
        foreach (var query in queries)
        {
            var answer = await RunAsync(query);
            Assert.SkipWhen(answer is null, "sqlite3 is not there to ask.");
            answers.Add(answer!);
        }

        Assert.Matches(@"^\d{4}-\d\d-\d\d\|Completed\|1\n$", answers[0]);
        Assert.Matches(@"^EXCHANGE#[\w-]{22}\|\d{4}-.*Z\n$", answers[1]);
    }

    /// <returns>Null where a program of it is missing.</returns>
    private async Task<string?> RunAsync(string line)
    {
        try
        {
            var start = new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = workspace.Path, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            return process.ExitCode == 127 ? null : output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Root(string directory) =>
        File.Exists(Path.Combine(directory, "FairShare.Serverless.sln")) ? directory : Root(Path.GetDirectoryName(directory)!);
}
