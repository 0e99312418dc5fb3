using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Takes a roster of the peer's group, so that who was removed is turned away from then on.</summary>
internal sealed class TakeRoster(FunctionServices services) : IRouteHandler<None, RosterRequest, RosterAnswer>
{
    public async Task<Answer<RosterAnswer>> HandleAsync(ApiCall<None, RosterRequest> call, CancellationToken cancellationToken)
    {
        var group = services.Settings.PeerGroup is { } jwk
            ? PublicKey.FromJwk(jwk)
            : throw PeerProblems.NotAMember.With("The peer belongs to no group.");
        var shown = BackupRecord.Verify(call.Request.Roster, RecordKind.GroupRoster, group);
        _ = GroupRoster.Read(shown);
        return new RosterAnswer((await PeerRosters.TakeAsync(services, group, shown, cancellationToken)).Text);
    }
}
