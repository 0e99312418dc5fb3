using FairShare.Backup.Records;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>
/// For whom a peer keeps backups: those that its settings name, and the members of its group by a roster of the group's key.
/// </summary>
internal static class PeerAdmission
{
    public static bool Admits(FunctionSettings settings, KeyId owner, string? roster) =>
        settings.PeerOwners.Contains("*")
        || settings.PeerOwners.Contains(owner.ToString())
        || (settings.PeerGroup is { } group && roster is not null && Names(PublicKey.FromJwk(group), roster, owner));

    private static bool Names(PublicKey group, string roster, KeyId owner)
    {
        try
        {
            return BackupRecord.Verify(roster, RecordKind.GroupRoster, group).Members.Texts("members").Contains(owner.ToString());
        }
        catch (TokenException)
        {
            return false;
        }
    }
}
