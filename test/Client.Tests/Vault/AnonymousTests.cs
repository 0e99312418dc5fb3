using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Vault;

/// <summary>Storing without an account, where the deployment allows it and where it does not.</summary>
public sealed class AnonymousTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Put_Anonymous_IsStoredFetchedShownAndErased()
    {
        await using var host = await ServiceHost.StartAsync(new EmbeddedHostOptions(), AnonymousTemplate.Make(), Stop);
        var (commands, source) = (Commands(), workspace.MakeFile("a.bin", 20_000));

        var item = await commands.RunAsync("ann", "vault", "put", source, "--anonymous", "--service", host.ApiUrl);
        var link = item["link"]!.ToString();
        await commands.RunAsync("ben", "vault", "get", link, "--out", workspace.At("out"));

        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(workspace.At("out", "a.bin"), Stop));
        Assert.Equal(1, (await commands.RunAsync("ann", "vault", "show", "a.bin"))["opens"]!.GetValue<int>());
        await commands.RunAsync("ann", "vault", "delete", "a.bin");
        var gone = await commands.FailAsync(ExitCode.Refused, "ben", "vault", "get", link, "--out", workspace.At("again"));
        Assert.Equal("vault-item-gone", gone["error"]!.ToString());
    }

    [Fact]
    public async Task Put_AnonymousForMoreThanSevenDays_IsRefused()
    {
        await using var host = await ServiceHost.StartAsync(new EmbeddedHostOptions(), AnonymousTemplate.Make(), Stop);
        string[] put = ["vault", "put", workspace.MakeFile("a.bin", 20_000), "--anonymous", "--service", host.ApiUrl, "--expires", "8d"];
        var refused = await Commands().FailAsync(ExitCode.Refused, "ann", put);
        Assert.Equal("invalid-vault-limits", refused["error"]!.ToString());
    }

    [Fact]
    public async Task Put_AnonymousWhereOnlyAccountsMay_IsRefused()
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json"), Stop);
        await using var host = await ServiceHost.StartAsync(new EmbeddedHostOptions(), template, Stop);
        string[] put = ["vault", "put", workspace.MakeFile("a.bin", 20_000), "--anonymous", "--service", host.ApiUrl];
        var refused = await Commands().FailAsync(ExitCode.Refused, "ann", put);
        Assert.Equal("vault-accounts-only", refused["error"]!.ToString());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestCommands Commands() => new(workspace, TestPeople.Environment.GetValueOrDefault);
}
