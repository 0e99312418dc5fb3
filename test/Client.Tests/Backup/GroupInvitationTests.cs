using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>An invitation through the vault of a service, by the built command.</summary>
public sealed class GroupInvitationTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Invite_ThroughTheVault_OpensOnce()
    {
        _ = (await up.Alice.RunAsync("group", "create", "vaulted", "--json")).Answer;
        var link = (await up.Alice.RunAsync("group", "invite", "vaulted", "--json")).Answer["link"]!.ToString();
        var bob = new BuiltCommand(workspace.At("bob"));
        var joined = (await bob.RunAsync("group", "join", link, "--out", workspace.At("bob.json"), "--json")).Answer;
        Assert.Equal("vaulted", joined["name"]!.ToString());
        var again = await new BuiltCommand(workspace.At("carol")).RunAsync("group", "join", link, "--json");
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("vault-item", again.Error);
        var admitted = (await up.Alice.RunAsync("group", "admit", "vaulted", workspace.At("bob.json"), "--json")).Answer;
        Assert.Equal(2, admitted["members"]!.AsArray().Count);
    }
}
