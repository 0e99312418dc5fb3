using System.Text.Json.Nodes;
using FairShare.Client.Backup.Notes;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Tests.Support;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Backup;

/// <summary>Somebody with a profile who knows peers and runs commands.</summary>
internal sealed class BackupOwner
{
    private const string Passphrase = "battery staple";

    private readonly TestCommands commands;
    private readonly string name;

    private BackupOwner(Workspace workspace, string name, TimeProvider? time)
    {
        (Workspace, this.name) = (workspace, name);
        commands = new TestCommands(workspace, variable => variable == "FAIRSHARE_PASSPHRASE" ? Passphrase : null, time);
        Folder = new BackupFolder(new Profile(workspace.At("home", name)));
    }

    public Workspace Workspace { get; }

    public BackupFolder Folder { get; }

    /// <summary>Somebody who has noted some peers.</summary>
    public static Task<BackupOwner> JoinAsync(PeerFixture peers, Workspace workspace, string name, params IEnumerable<string> known) =>
        JoinAsync(peers, workspace, name, null, known);

    /// <summary>Somebody with a clock of his own.</summary>
    public static async Task<BackupOwner> JoinAsync(
        PeerFixture peers,
        Workspace workspace,
        string name,
        TimeProvider? time,
        IEnumerable<string> known
    )
    {
        var owner = new BackupOwner(workspace, name, time);
        foreach (var peer in known)
        {
            await owner.RunAsync("peer", "add", peer, peers.UrlOf(peer));
        }

        return owner;
    }

    public Task<JsonObject> RunAsync(params string[] arguments) => commands.RunAsync(name, arguments);

    public Task<JsonObject> FailAsync(int exitCode, params string[] arguments) => commands.FailAsync(exitCode, name, arguments);

    /// <summary>Runs a command whose answer may be a no.</summary>
    public async Task<(int ExitCode, JsonObject Answer)> AskAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = await commands.InvokeAsync(name, output, TextWriter.Null, [.. arguments, "--json"]);
        return (exitCode, JsonNode.Parse(output.ToString())!.AsObject());
    }

    /// <summary>The owner's key, opened.</summary>
    public LocalSigner OpenKey() =>
        new KeyStore(new Profile(Workspace.At("home", name)).KeysFolder).Open(KeyId.Parse(Folder.Owner!.Key), Passphrase);

    /// <summary>A connection to a peer, for orders that no command gives.</summary>
    public PeerConnection Connect(string peer, LocalSigner key)
    {
        var known = Folder.GetPeer(peer);
        return new(known, Api(known.Url), key, TimeProvider.System, new SystemRandomness());
    }

    /// <summary>A peer's API.</summary>
    public static FairShareApi Api(string url) =>
        new(new HttpClient { BaseAddress = new Uri(url + "/") }, null, TimeProvider.System, new SystemRandomness());
}
