using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Client.Backup.Peers;

namespace FairShare.Cli.Commands.Backup;

/// <summary>Arguments, options and ways to say things that several commands of backups have.</summary>
internal static class BackupOptions
{
    public static Argument<string> Backup { get; } = new("backup") { Description = "The backup's id or name; see fairshare backup list." };

    public static string Line((KnownPeer Peer, PeerFailure Failure) one) => $"{one.Peer.Name}: {one.Failure.Detail} ({one.Failure.Code})";

    public static JsonNode Json((KnownPeer Peer, PeerFailure Failure) one) =>
        new JsonObject
        {
            ["peer"] = one.Peer.Name,
            ["code"] = one.Failure.Code,
            ["detail"] = one.Failure.Detail,
        };
}
