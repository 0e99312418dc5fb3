using FairShare.Cli.Output;
using FairShare.Client.Backup.Groups;
using FairShare.Client.Backup.Notes;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Cli.Commands.Backup;

/// <summary>What commands of backups work with: the profile's notes, the owner's key, and the peers.</summary>
internal sealed class BackupWork(CommandContext context) : IDisposable
{
    private readonly SystemRandomness randomness = new();
    private readonly List<IDisposable> owned = [];
    private LocalSigner? owner;

    public BackupFolder Folder { get; } = new(context.Profile);

    /// <summary>The profile's groups.</summary>
    public GroupFolder Groups => field ??= new GroupFolder(context.Profile);

    /// <summary>The owner's key, opened; the profile's own signing key where it has one, else one that is made.</summary>
    /// <exception cref="CommandException">The key is missing.</exception>
    public LocalSigner Owner => owner ??= Own(OpenOwner());

    /// <summary>A session with all peers that are noted.</summary>
    public BackupSession Session() => Session(Folder.Peers);

    /// <summary>A session with some peers.</summary>
    public BackupSession Session(IEnumerable<KnownPeer> peers) =>
        new(
            Owner,
            new PeerGroup([.. peers.Select(Connect)]),
            Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan }),
            context.Time,
            randomness
        )
        {
            OtherOwners = [.. (Folder.Owner?.Others ?? []).Select(PublicKey.FromJwk)],
        };

    /// <summary>A connection to a peer.</summary>
    public PeerConnection Connect(KnownPeer peer) =>
        new(peer, context.Api(peer.Url), Owner, context.Time, randomness)
        {
            Roster = Groups.Find(peer.Group)?.Record.Text ?? peer.Roster,
            Patience = new Patience(context.CallTimeout, context.Time),
        };

    public void Dispose() => Enumerable.Reverse(owned).ToList().ForEach(one => one.Dispose());

    /// <summary>A group as whoever has its key runs it.</summary>
    /// <exception cref="CommandException">The key is not here.</exception>
    public GroupKeeping Keep(KnownGroup group)
    {
        var keys = new KeyStore(context.Profile.KeysFolder);
        return File.Exists(keys.PathOf(group.Kid))
            ? new GroupKeeping(Groups, Own(keys.Open(group.Kid, context.Secrets.Passphrase(isNew: false))), context.Time)
            : throw new CommandException(
                ExitCode.NoKey,
                "key-missing",
                $"The key of the group {group.Roster.Name} is not here.",
                "Only whoever made the group changes it."
            );
    }

    /// <summary>A new group, with a key of its own.</summary>
    public GroupKeeping NewGroup()
    {
        _ = Owner;
        return new GroupKeeping(
            Groups,
            Own(new KeyStore(context.Profile.KeysFolder).Create(context.Secrets.Passphrase(isNew: false))),
            context.Time
        );
    }

    private LocalSigner OpenOwner()
    {
        var keys = new KeyStore(context.Profile.KeysFolder);
        if (Folder.Owner is { } noted)
        {
            var kid = KeyId.Parse(noted.Key);
            return File.Exists(keys.PathOf(kid))
                ? keys.Open(kid, context.Secrets.Passphrase(isNew: false))
                : throw new CommandException(
                    ExitCode.NoKey,
                    "key-missing",
                    $"The owner's key {keys.PathOf(kid)} is missing.",
                    "Put it back from a copy: no other key is an owner's."
                );
        }

        var made = context.Profile.Settings is { SigningKey: { } own, SigningKeyKind: "self" }
            ? keys.Open(KeyId.Parse(own), context.Secrets.Passphrase(isNew: false))
            : keys.Create(context.Secrets.Passphrase(isNew: true));
        Folder.Owner = new OwnerNote(made.KeyId.ToString(), []);
        return made;
    }

    private T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
