using System.Text.Json;
using FairShare.Backup.Records;
using FairShare.Client.Files;
using FairShare.Client.Parties;
using FairShare.Contracts;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Groups;

/// <summary>A group as somebody joins it who was invited.</summary>
/// <param name="folder">The profile's groups.</param>
/// <param name="time">The clock.</param>
public sealed class GroupJoining(GroupFolder folder, TimeProvider time)
{
    /// <summary>Notes the group of an invitation, and signs a request to join it.</summary>
    /// <param name="path">The invitation's file.</param>
    /// <param name="owner">The key that signs orders, which becomes a member's.</param>
    /// <param name="domain">What fails together with what the member runs.</param>
    /// <param name="cancellationToken">Stops the signing.</param>
    /// <exception cref="InvalidDataException">It is no invitation.</exception>
    /// <exception cref="Peers.BackupProblem"><see cref="Peers.BackupProblem.GroupRefused"/>: its roster is not the group's.</exception>
    public async Task<(KnownGroup Group, JoinRequest Request)> AskAsync(
        string path,
        LocalSigner owner,
        string domain,
        CancellationToken cancellationToken
    )
    {
        var invitation = GroupFolder.ReadJson(path, GroupJson.Lenient.TypeOf<GroupInvitation>());
        var group = folder.Keep(PublicKey.FromJwk(invitation.Group), invitation.Roster);
        var members = RecordMembers
            .OfGroup(group.Kid, Timestamp.Truncate(time.GetUtcNow()))
            .With("invitation", invitation.Invitation)
            .With("domain", domain);
        var record = await BackupRecord.SignAsync(RecordKind.GroupRequest, members, owner, cancellationToken).ConfigureAwait(false);
        return (group, new JoinRequest(record.Text, owner.PublicKey.ToJwk()));
    }

    /// <summary>Writes a request, for whoever runs the group.</summary>
    public static void Write(string path, JoinRequest request) =>
        PrivateFile.Write(Path.GetFullPath(path), JsonSerializer.SerializeToUtf8Bytes(request, GroupJson.Lenient.TypeOf<JoinRequest>()));
}
