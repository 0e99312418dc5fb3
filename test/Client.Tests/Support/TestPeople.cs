using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Support;

/// <summary>People who use the commands against one host.</summary>
internal sealed class TestPeople(TestCommands commands, Workspace workspace, EmbeddedHost host)
{
    /// <summary>Everybody's password and passphrase, as the commands read them.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["FAIRSHARE_PASSWORD"] = "Correct-horse-1", ["FAIRSHARE_PASSPHRASE"] = "battery staple" };

    /// <summary>A new person: signed up, confirmed and logged in.</summary>
    /// <returns>The party's id.</returns>
    public async Task<string> JoinAsync(string name)
    {
        var address = $"{name}@cli.example.com";
        await commands.RunAsync(name, "register", address, "--service", host.ApiUrl);
        await commands.RunAsync(name, "confirm", host.Mailbox.For(address)[^1].Code);
        return (await commands.RunAsync(name, "login"))["party"]!.ToString();
    }

    /// <summary>A whole exchange between two new people.</summary>
    /// <returns>The store's key, and a folder with the evidence.</returns>
    public async Task<(string StoreKey, string Folder)> CompleteAsync(string uploader, string downloader)
    {
        await JoinAsync(uploader);
        var reader = await JoinAsync(downloader);
        var put = await commands.RunAsync(uploader, "put", workspace.MakeFile($"{uploader}.bin", 500), "--to", reader);
        var got = await commands.RunAsync(
            downloader,
            "get",
            put["fileId"]!.ToString(),
            "--out",
            workspace.At($"out-{downloader}"),
            "--yes"
        );
        await commands.RunAsync(uploader, "evidence", got["exchangeId"]!.ToString(), "--out", workspace.At($"evidence-{uploader}"));
        return ((await commands.RunAsync(uploader, "login"))["storeKeys"]![0]!.ToString(), workspace.At($"evidence-{uploader}"));
    }
}
