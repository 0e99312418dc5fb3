using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>Manifests that differ between the peers: one stands, and the others are not taken for it.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupManifestTests(PeerFixture peers) : IDisposable
{
    private static readonly string[] Five = ["p1", "p2", "p3", "p4", "p5"];

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Manifest_ThatWasReplaced_IsNotTakenForTheOneThatStands()
    {
        var (owner, backup, file) = await CreateAsync();
        await using var liar = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        string? old = null;
        liar.Answers = answer =>
        {
            old ??= answer.Value["manifest"]?.ToString();
            return Task.FromResult(answer.Action == "releases" ? WithManifest(answer.Value, old) : answer.Value);
        };
        var other = await BackupOwner.JoinAsync(peers, workspace, "other");
        var kid = (await other.RunAsync("backup", "owner"))["kid"]!.ToString();
        var shared = await owner.RunAsync("backup", "share", backup, "--master", kid, "--out", workspace.At("shared.json"));
        Assert.Equal(2, (int)shared["manifest"]!);
        Assert.Equal(2, (int)(await RestoreAsync(owner, backup, file, "out"))["manifest"]!);
        var (_, found) = await owner.AskAsync("backup", "check", backup);
        Assert.Equal((2, false), ((int)found["manifest"]!, (bool)Of(found, "p2")["manifest"]!));
    }

    [Fact]
    public async Task Share_TwoChangesAtOnce_OneStandsAtAllPeersInTheEnd()
    {
        var (owner, backup, file) = await CreateAsync();
        var id = BackupId.Parse(backup);
        using var key = owner.OpenKey();
        var text = await File.ReadAllTextAsync(
            Path.Combine(owner.Folder.FolderOf(id), "manifest.jws"),
            TestContext.Current.CancellationToken
        );
        var standing = BackupRecord.Parse(text, RecordKind.BackupManifest);
        foreach (var (name, place) in Five.Select((name, place) => (name, place)))
        {
            var change = await BackupRefusalTests.ChangeAsync(standing, key, place < 3 ? 1 : 2);
            await BackupRefusalTests.TakeAsync(owner.Connect(name, key), id, change.Text);
        }

        var (_, found) = await owner.AskAsync("backup", "check", backup);
        Assert.Equal(3, (int)found["takers"]!);
        var other = await BackupOwner.JoinAsync(peers, workspace, "other");
        var kid = (await other.RunAsync("backup", "owner"))["kid"]!.ToString();
        var shared = await owner.RunAsync("backup", "share", backup, "--master", kid, "--out", workspace.At("shared.json"));
        Assert.Equal(5, (int)shared["takers"]!);
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup))["good"]!);
        await other.RunAsync("backup", "accept", workspace.At("shared.json"));
        await RestoreAsync(other, backup, file, "other");
    }

    private async Task<(BackupOwner Owner, string Backup, string File)> CreateAsync()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", Five);
        var file = workspace.MakeFile("note.bin", 20_000);
        return (owner, (await owner.RunAsync("backup", "create", file, "-m", "3"))["backup"]!.ToString(), file);
    }

    private async Task<JsonObject> RestoreAsync(BackupOwner owner, string backup, string file, string folder)
    {
        var restored = await owner.RunAsync("backup", "restore", backup, "--out", workspace.At(folder));
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(workspace.At(folder, "note.bin"))));
        return restored;
    }

    private static JsonNode Of(JsonObject health, string peer) =>
        Assert.Single(health["peers"]!.AsArray(), one => one!["peer"]?.ToString() == peer)!;

    private static JsonObject WithManifest(JsonObject answer, string? manifest)
    {
        answer["manifest"] = manifest ?? answer["manifest"]?.ToString();
        return answer;
    }
}
