using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Groups;
using FairShare.Client.Http;
using FairShare.Client.Profiles;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>Two people, and peers that keep backups for the members of a group.</summary>
[Collection(PeerFixture.Collection)]
public sealed class GroupTests(PeerFixture peers) : IDisposable
{
    private static readonly string[] Names = ["g1", "g2", "g3"];

    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Group_WithAnInvitation_HasAMemberUntilItIsRemoved()
    {
        var alice = await BackupOwner.JoinAsync(peers, workspace, "alice");
        var group = await alice.RunAsync("group", "create", "friends", "--domain", "Alice's house");
        var key = await File.ReadAllTextAsync(group["key"]!.ToString(), Stop);
        await Task.WhenAll(Names.Select(name => peers.StartOfGroupAsync(name, key)));
        await NotePeersAsync(alice);
        await CreateAsync(alice, "alice.bin");

        // Who is invited is a member once the group's key says so, and not before.
        var bob = await BackupOwner.JoinAsync(peers, workspace, "bob");
        await NotePeersAsync(bob);
        await alice.RunAsync("group", "invite", "friends", "--out", workspace.At("invitation.json"));
        await bob.RunAsync("group", "join", workspace.At("invitation.json"), "--domain", "Bob's", "--out", workspace.At("bob.json"));
        await RequireNoMemberAsync(bob);
        var admitted = await alice.RunAsync("group", "admit", "friends", workspace.At("bob.json"));
        Assert.Equal((2, 3, 2), ((int)admitted["seq"]!, (int)admitted["takers"]!, admitted["members"]!.AsArray().Count));
        Assert.Equal("Bob's", admitted["members"]![1]!["domain"]!.ToString());
        var early = File.ReadAllText(admitted["roster"]!.ToString());

        // The peers have the roster already; Bob has it from Alice, and shows it besides.
        Assert.True((bool)(await bob.RunAsync("group", "join", admitted["roster"]!.ToString()))["member"]!);
        var backup = await CreateAsync(bob, "bob.bin");
        await RequireOneUseAsync(alice);
        await RequireForgeryInVainAsync(bob);

        var kid = (await bob.RunAsync("backup", "owner"))["kid"]!.ToString();
        var removed = await alice.RunAsync("group", "remove", "friends", kid);
        Assert.Equal((3, 3, 1), ((int)removed["seq"]!, (int)removed["takers"]!, removed["members"]!.AsArray().Count));

        // With the old roster nobody comes back; what is stored can be had, and deleted.
        await RequireNoMemberAsync(bob);
        Assert.NotEqual(early, await ShowAsync(alice, early));
        await bob.RunAsync("backup", "restore", backup, "--out", workspace.At("restored"));
        Assert.Equal(File.ReadAllBytes(workspace.At("bob.bin")), File.ReadAllBytes(workspace.At("restored", "bob.bin")));
        Assert.True((bool)(await bob.RunAsync("backup", "delete", backup))["deleted"]!);
        Assert.Equal("friends", Assert.Single((await alice.RunAsync("group", "list"))["groups"]!.AsArray())!["name"]!.ToString());
    }

    [Fact]
    public async Task Join_WithAnInvitationThatWasChanged_IsRefused()
    {
        var alice = await BackupOwner.JoinAsync(peers, workspace, "alice");
        await alice.RunAsync("group", "create", "friends");
        await alice.RunAsync("group", "invite", "friends", "--out", workspace.At("invitation.json"));
        var other = await BackupOwner.JoinAsync(peers, workspace, "other");
        var foreign = await other.RunAsync("group", "create", "others");
        var bob = await BackupOwner.JoinAsync(peers, workspace, "bob");

        // The group of another key, with this one's roster.
        var text = JsonNode.Parse(await File.ReadAllTextAsync(workspace.At("invitation.json"), Stop))!;
        text["group"] = await File.ReadAllTextAsync(foreign["key"]!.ToString(), Stop);
        await File.WriteAllTextAsync(workspace.At("changed.json"), text.ToJsonString(), Stop);
        var refused = await bob.FailAsync(ExitCode.Refused, "group", "join", workspace.At("changed.json"));
        Assert.Equal("group-refused", refused["error"]!.ToString());
        Assert.Empty((await bob.RunAsync("group", "list"))["groups"]!.AsArray());

        // A request for one group is none for another, and only who has the key changes a group.
        await bob.RunAsync("group", "join", workspace.At("invitation.json"), "--out", workspace.At("bob.json"));
        refused = await other.FailAsync(ExitCode.Refused, "group", "admit", "others", workspace.At("bob.json"));
        Assert.Equal("group-refused", refused["error"]!.ToString());
        refused = await bob.FailAsync(ExitCode.NoKey, "group", "admit", "friends", workspace.At("bob.json"));
        Assert.Equal("key-missing", refused["error"]!.ToString());
    }

    // The same invitation, for somebody else.
    private async Task RequireOneUseAsync(BackupOwner alice)
    {
        var carol = await BackupOwner.JoinAsync(peers, workspace, "carol");
        await carol.RunAsync("group", "join", workspace.At("invitation.json"), "--out", workspace.At("carol.json"));
        var refused = await alice.FailAsync(ExitCode.Refused, "group", "admit", "friends", workspace.At("carol.json"));
        Assert.Equal("group-refused", refused["error"]!.ToString());
    }

    // A roster that somebody signs who has not the group's key.
    private async Task RequireForgeryInVainAsync(BackupOwner bob)
    {
        var mallory = await BackupOwner.JoinAsync(peers, workspace, "mallory");
        var forged = await mallory.RunAsync("group", "create", "friends");
        var roster = new GroupFolder(new Profile(workspace.At("home", "mallory"))).Get(forged["group"]!.ToString()).Record.Text;
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() => ShowAsync(bob, roster));
        Assert.Equal("unknown-key", problem.Code);
        await File.WriteAllTextAsync(workspace.At("forged.jws"), roster, Stop);
        await mallory.RunAsync("peer", "add", "g1", peers.UrlOf("g1"), "--roster", workspace.At("forged.jws"));
        await mallory.RunAsync("peer", "add", "g2", peers.UrlOf("g2"), "--roster", workspace.At("forged.jws"));
        await RequireNoMemberAsync(mallory);
    }

    private static async Task<string> ShowAsync(BackupOwner owner, string roster)
    {
        using var key = owner.OpenKey();
        return (await owner.Connect("g1", key).HandAsync(roster.Trim(), Stop)).Roster;
    }

    private async Task RequireNoMemberAsync(BackupOwner owner)
    {
        var file = workspace.MakeFile("vain.bin", 1000);
        var failure = await owner.FailAsync(ExitCode.Refused, "backup", "create", file, "-m", "2", "--allow-shared-domain");
        Assert.Contains("not-a-member", failure["message"]!.ToString());
    }

    private async Task NotePeersAsync(BackupOwner owner)
    {
        foreach (var name in Names)
        {
            await owner.RunAsync("peer", "add", name, peers.UrlOf(name));
        }
    }

    private async Task<string> CreateAsync(BackupOwner owner, string name) =>
        (await owner.RunAsync("backup", "create", workspace.MakeFile(name, 10_000), "-m", "2"))["backup"]!.ToString();
}
