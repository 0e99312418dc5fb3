using System.Text.Json;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Files;
using FairShare.Client.Parties;
using FairShare.Contracts;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Groups;

/// <summary>A group as whoever has its key runs it: every change is a roster that the key signs, with the next number.</summary>
/// <param name="folder">The profile's groups.</param>
/// <param name="group">The group's key, opened.</param>
/// <param name="time">The clock.</param>
public sealed class GroupKeeping(GroupFolder folder, LocalSigner group, TimeProvider time)
{
    /// <summary>How long an invitation is good for.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private DateTimeOffset Now => Timestamp.Truncate(time.GetUtcNow());

    /// <summary>Makes the group, with one member.</summary>
    public Task<KnownGroup> CreateAsync(string name, GroupMember first, CancellationToken cancellationToken) =>
        SignAsync(new GroupRoster(group.KeyId, name, 1, null, [first]), cancellationToken);

    /// <summary>Makes an invitation, good once and for thirty days; only its digest is noted here.</summary>
    public GroupInvitation Invite(IRandomness randomness)
    {
        var known = folder.Get(group.KeyId.ToString());
        var invitation = Nonce.New(randomness).ToString();
        var open = folder.InvitationsOf(known.Kid).Where(one => one.Due > Now);
        folder.KeepInvitations(known.Kid, [.. open, new OpenInvitation(DigestOf(invitation), Now + Validity)]);
        return new GroupInvitation(known.Key.ToJwk(), known.Record.Text, invitation);
    }

    /// <summary>Takes somebody in who was invited. A repeat of the same request changes nothing.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.GroupRefused"/>: who asks was not invited, or has not signed.</exception>
    public async Task<KnownGroup> AdmitAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var (known, asked) = (folder.Get(group.KeyId.ToString()), Read(request));
        if (known.Roster.Has(asked.KeyId))
        {
            return known;
        }

        var digest = DigestOf(asked.Members.Text("invitation"));
        var open = folder.InvitationsOf(known.Kid);
        if (!open.Any(one => one.Digest == digest && one.Due > Now))
        {
            throw GroupFolder.Refused("The invitation was used, has expired, or is none of this group.");
        }

        var member = new GroupMember(asked.KeyId, asked.Members.Text("domain"));
        var next = await SignAsync(After(known, [.. known.Roster.Members, member]), cancellationToken).ConfigureAwait(false);
        folder.KeepInvitations(known.Kid, [.. open.Where(one => one.Digest != digest)]);
        return next;
    }

    /// <summary>Takes a member's rights. A repeat changes nothing.</summary>
    public async Task<KnownGroup> RemoveAsync(KeyId member, CancellationToken cancellationToken)
    {
        var known = folder.Get(group.KeyId.ToString());
        return known.Roster.Has(member)
            ? await SignAsync(After(known, [.. known.Roster.Members.Where(one => one.Key != member)]), cancellationToken)
                .ConfigureAwait(false)
            : known;
    }

    /// <summary>Reads a request to join.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static JoinRequest ReadRequest(string path) => GroupFolder.ReadJson(path, GroupJson.Lenient.TypeOf<JoinRequest>());

    /// <summary>Writes an invitation.</summary>
    public static void WriteInvitation(string path, GroupInvitation invitation) =>
        PrivateFile.Write(
            Path.GetFullPath(path),
            JsonSerializer.SerializeToUtf8Bytes(invitation, GroupJson.Lenient.TypeOf<GroupInvitation>())
        );

    private BackupRecord Read(JoinRequest request)
    {
        try
        {
            var record = BackupRecord.Verify(request.Request, RecordKind.GroupRequest, PublicKey.FromJwk(request.Key));
            return record.Members.Read("group", KeyId.Parse) == group.KeyId
                ? record
                : throw GroupFolder.Refused("The request is for another group.");
        }
        catch (ProtocolException fault)
        {
            throw GroupFolder.Refused($"The request is refused: {fault.Message} ({fault.Code})");
        }
    }

    private static GroupRoster After(KnownGroup known, IReadOnlyList<GroupMember> members) =>
        members.Count <= GroupRoster.MostMembers
            ? known.Roster with
            {
                Sequence = known.Roster.Sequence + 1,
                Previous = known.Record.Hash,
                Members = members,
            }
            : throw GroupFolder.Refused($"A group has at most {GroupRoster.MostMembers} members.");

    private async Task<KnownGroup> SignAsync(GroupRoster roster, CancellationToken cancellationToken)
    {
        var record = await BackupRecord
            .SignAsync(RecordKind.GroupRoster, roster.ToMembers(Now), group, cancellationToken)
            .ConfigureAwait(false);
        return folder.Keep(group.PublicKey, record.Text);
    }

    private static string DigestOf(string invitation) => Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(invitation)).ToString();
}
