using FairShare.Client.Bundles;
using FairShare.Client.Log;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using FairShare.Log.Leaves;
using FairShare.Testing;
using FairShare.Timestamps.Tokens;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Bundles;

/// <summary>
/// The store is deployed with other keys: whoever knew the first ones believes what the new ones seal, and whoever knows the new ones
/// believes what the first ones sealed.
/// </summary>
public sealed class RotatedKeysTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly TestCommands commands;

    public RotatedKeysTests() => commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Keys_MadeAnew_LeadFromOneToTheOther()
    {
        Anchors former,
            present;
        IReadOnlyDictionary<string, string> outputs;
        await using (var host = await StartAsync(RotatedKeys.Before()))
        {
            former = await ExchangeAsync(host, "ann", "bob", "former.zip");
            outputs = host.Outputs;
        }

        await using (var host = await StartAsync(RotatedKeys.After(outputs)))
        {
            present = await ExchangeAsync(host, "cat", "dan", "present.zip");
            await commands.RunAsync("ann", "login", "--service", host.ApiUrl, "--trust-store-key", present.StoreKey!);
            await commands.RunAsync("ann", "evidence", await ExchangeOfAsync("ann"), "--out", workspace.At("again.zip"));
            await commands.RunAsync("ann", "evidence", await ExchangeOfAsync("ann"), "--out", workspace.At("again"));
        }

        Assert.True(former.StoreKey != present.StoreKey && former.LogKey != present.LogKey && former.StampKey != present.StampKey);
        var (alone, next, again) = (workspace.At("former.zip"), workspace.At("present.zip"), workspace.At("again.zip"));
        await RequireAsync(alone, former, 0);
        await RequireAsync(next, present, 0);
        await RequireAsync(next, former, 0);
        await RequireAsync(again, former, 0);
        await RequireAsync(again, present, 0);
        // What was written before the new key was there cannot speak of it.
        await RequireAsync(alone, present, 3);
        await RequireAsync(next, new Anchors(new string('A', 43)), 3);
        // A log's key alone is nobody's word for another: the seals say which follows which.
        await RequireAsync(next, new Anchors(LogKey: former.LogKey), 3);
        await RequireAsync(next, new Anchors(StampKey: former.StampKey), 3);
        var folder = await commands.RunAsync("anybody", "verify", workspace.At("again"), "--store-key", present.StoreKey!);
        Assert.Equal("verified", folder["verdict"]!.ToString());
        var judged = await commands.RunAsync("anybody", "adjudicate", again, workspace.At("again"), "--store-key", present.StoreKey!);
        Assert.Equal(("TookPlace", 0), (judged["outcome"]!.ToString(), judged["contradictions"]!.AsArray().Count));
    }

    private Task<EmbeddedHost> StartAsync(string template) =>
        ServiceHost.StartAsync(
            new EmbeddedHostOptions { DataDirectory = workspace.At("data"), LongestBatchingWindow = TimeSpan.FromSeconds(1) },
            template
        );

    private async Task<Anchors> ExchangeAsync(EmbeddedHost host, string uploader, string downloader, string bundle)
    {
        var people = new TestPeople(commands, workspace, host);
        var (store, folder) = await people.CompleteAsync(uploader, downloader);
        using var http = new HttpClient { BaseAddress = new Uri(host.ApiUrl + "/log/") };
        var release = LogLeaf.OfToken((await File.ReadAllTextAsync(Path.Combine(folder, "release.jws"), Stop)).Trim());
        Assert.NotNull(await new LogClient(http).WaitForProofAsync(release.TokenHash, TimeProvider.System, TimeSpan.FromMinutes(1), Stop));
        await commands.RunAsync(uploader, "evidence", await ExchangeOfAsync(uploader), "--out", workspace.At(bundle));
        var files = BundleArchive.Read(await File.ReadAllBytesAsync(workspace.At(bundle), Stop));
        var stamping = TimestampToken.ParseAnswer(files["log/checkpoint.tsr"]).Certificate.Key.Thumbprint.ToString();
        return new Anchors(store, System.Text.Encoding.ASCII.GetString(files["log/key"]).Trim(), null, stamping);
    }

    private async Task<string> ExchangeOfAsync(string name) =>
        (await commands.RunAsync(name, "inbox"))["messages"]![0]!["exchangeId"]!.ToString();

    private async Task RequireAsync(string bundle, Anchors anchors, int exitCode)
    {
        using var output = new StringWriter();
        Assert.Equal(
            (bundle, exitCode, ""),
            (
                bundle,
                await commands.InvokeAsync("anybody", output, output, ["verify", bundle, .. anchors.ToArguments()]),
                exitCode == 3 ? "" : Failures(output)
            )
        );
        if (await NodeVerifier.VerifyAsync([bundle], anchors) is { } other)
        {
            Assert.Equal((exitCode, output.ToString()), other[0]);
        }
    }

    private static string Failures(StringWriter output) =>
        string.Join('\n', output.ToString().Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)));
}
