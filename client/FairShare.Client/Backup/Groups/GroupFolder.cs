using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Files;
using FairShare.Client.Profiles;
using FairShare.Contracts;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Groups;

/// <summary>A group as a profile notes it.</summary>
/// <param name="Key">The group's public key.</param>
/// <param name="Record">The latest roster that was seen.</param>
public sealed record KnownGroup(PublicKey Key, BackupRecord Record)
{
    /// <summary>The group's key id, which names it.</summary>
    public KeyId Kid => Key.Thumbprint;

    /// <summary>Who its members are.</summary>
    public GroupRoster Roster { get; } = GroupRoster.Read(Record);
}

/// <summary>The groups that a profile notes: of each its public key, its latest roster, and the invitations that are open.</summary>
/// <param name="profile">The profile.</param>
public sealed class GroupFolder(Profile profile)
{
    private readonly string folder = Path.Combine(profile.Folder, "groups");

    /// <summary>The groups, by key.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public IReadOnlyList<KnownGroup> Groups =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(Read)] : [];

    /// <summary>The group of that key or name.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.UnknownGroup"/>: there is none, or more than one of the name.</exception>
    public KnownGroup Get(string kidOrName)
    {
        var found = Groups.Where(group => group.Kid.ToString() == kidOrName || group.Roster.Name == kidOrName).ToList();
        return found.Count == 1
            ? found[0]
            : throw new BackupProblem(
                BackupProblem.UnknownGroup,
                found.Count == 0 ? "No group of this key or name is noted here." : "Several groups have this name; give the key."
            );
    }

    /// <summary>The group of that key; null where it is not noted.</summary>
    public KnownGroup? Find(string? kid) => kid is null ? null : Groups.FirstOrDefault(group => group.Kid.ToString() == kid);

    /// <summary>The file with the group's public key, for whoever runs a peer.</summary>
    public string KeyPathOf(KeyId group) => Path.Combine(folder, group.ToString(), "group.jwk");

    /// <summary>The file with the group's latest roster, for its members.</summary>
    public string RosterPathOf(KeyId group) => Path.Combine(folder, group.ToString(), "roster.jws");

    /// <summary>Notes a group, or a later roster of it; an earlier one changes nothing.</summary>
    /// <returns>What stands then.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.GroupRefused"/>: the roster is not the group's, or does not
    /// follow.</exception>
    public KnownGroup Keep(PublicKey key, string roster)
    {
        var (shown, standing) = (Verify(key, roster), Find(key.Thumbprint.ToString()));
        if (standing is not null && standing.Record.Hash != shown.Record.Hash && !RosterSuccession.Allows(standing.Record, shown.Record))
        {
            return standing.Roster.Sequence > shown.Roster.Sequence
                ? standing
                : throw Refused("The roster does not follow the one that is noted here.");
        }

        PrivateFile.Write(KeyPathOf(key.Thumbprint), Encoding.ASCII.GetBytes(key.ToJwk()));
        PrivateFile.Write(RosterPathOf(key.Thumbprint), Encoding.ASCII.GetBytes(shown.Record.Text));
        return shown;
    }

    /// <summary>The invitations of a group that nobody has used.</summary>
    public IReadOnlyList<OpenInvitation> InvitationsOf(KeyId group)
    {
        var path = InvitationsPathOf(group);
        return File.Exists(path) ? ReadJson(path, GroupJson.Lenient.TypeOf<OpenInvitations>()).Invitations : [];
    }

    /// <summary>Notes them.</summary>
    public void KeepInvitations(KeyId group, IReadOnlyList<OpenInvitation> open) =>
        PrivateFile.Write(
            InvitationsPathOf(group),
            JsonSerializer.SerializeToUtf8Bytes(new OpenInvitations(open), GroupJson.Lenient.TypeOf<OpenInvitations>())
        );

    /// <summary>Reads a file of a group's member.</summary>
    /// <exception cref="InvalidDataException">It has another form.</exception>
    internal static T ReadJson<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonFile.Read(path), type) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} does not have the form that it must have.");
        }
    }

    internal static BackupProblem Refused(string why) => new(BackupProblem.GroupRefused, why);

    private string InvitationsPathOf(KeyId group) => Path.Combine(folder, group.ToString(), "invitations.json");

    private static KnownGroup Read(string place) =>
        Verify(
            PublicKey.FromJwk(File.ReadAllText(Path.Combine(place, "group.jwk"))),
            File.ReadAllText(Path.Combine(place, "roster.jws")).Trim()
        );

    private static KnownGroup Verify(PublicKey key, string roster)
    {
        try
        {
            return new KnownGroup(key, BackupRecord.Verify(roster, RecordKind.GroupRoster, key));
        }
        catch (TokenException fault)
        {
            throw Refused($"The roster is refused: {fault.Message} ({fault.Code})");
        }
    }
}

/// <summary>An invitation that nobody has used.</summary>
/// <param name="Digest">The digest of what it says.</param>
/// <param name="Due">Until when it is good.</param>
public sealed record OpenInvitation(string Digest, DateTimeOffset Due);

/// <summary>Invitations.</summary>
internal sealed record OpenInvitations(IReadOnlyList<OpenInvitation> Invitations);

/// <summary>What somebody who is invited is given. Whoever has it may ask to join, once.</summary>
/// <param name="Group">The JWK of the group.</param>
/// <param name="Roster">Its roster.</param>
/// <param name="Invitation">22 characters that nobody guesses.</param>
public sealed record GroupInvitation(string Group, string Roster, string Invitation);

/// <summary>What they give back.</summary>
/// <param name="Request">A GroupRequest.</param>
/// <param name="Key">The JWK that signed it, which becomes a member's.</param>
public sealed record JoinRequest(string Request, string Key);

/// <summary>The JSON of these files.</summary>
[JsonSerializable(typeof(OpenInvitations))]
[JsonSerializable(typeof(GroupInvitation))]
[JsonSerializable(typeof(JoinRequest))]
internal sealed partial class GroupJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new GroupJson());
}
