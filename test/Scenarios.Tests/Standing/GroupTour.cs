using System.Security.Cryptography;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Parties;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Everything that a peer of a group does with rosters, on the way of two members.</summary>
internal static class GroupTour
{
    public static async Task RunAsync(StandingWorld world)
    {
        using var group = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var (alice, bob) = (world.Session.Owner, world.OtherSession.Owner);
        var first = await SignAsync(world, group, null, alice.KeyId);
        var second = await SignAsync(world, group, first, alice.KeyId, bob.KeyId);
        var note = await world.StartOfGroupAsync("g1", group.PublicKey);
        var peer = world.Connect(note);

        // A roster that is handed over, and a member who stores by it.
        Require((await peer.HandAsync(first.Text, default)).Roster == first.Text);
        var session = world.Without("p5") with { Peers = new PeerGroup([.. world.Without("p5").Peers.Peers, peer]) };
        var backup = await world.CreateAsync(session, BackupScheme.Ida, 40_000);

        // A later one comes with the order of whom it makes a member, who then needs to show none.
        var upload = new ShareUpload(1, 1000, Fresh: true, new DigestView("sha-256", Sha256Digest.Of([1]).ToString()));
        var shown = world.Connect(note with { Roster = second.Text }, bob);
        await shown.OrderAsync(PeerRoutes.RequestShareUpload, BackupId.New(new SystemRandomness()), upload, default);
        Require((await peer.HandAsync(first.Text, default)).Roster == second.Text);

        // A member may have deleted what is not there; owners delete what is.
        var absent = BackupId.New(new SystemRandomness());
        await world.Connect(note, bob).OrderAsync(PeerRoutes.DeleteShare, absent, new NothingMore(), default);
        Require((await new BackupDeletion(session).RunAsync(backup, default)).Receipts.Count == session.Peers.Peers.Count);
    }

    private static async Task<BackupRecord> SignAsync(StandingWorld world, LocalSigner group, BackupRecord? before, params KeyId[] members)
    {
        var sequence = before is null ? 1 : GroupRoster.Read(before).Sequence + 1;
        List<GroupMember> people = [.. members.Select((key, place) => new GroupMember(key, $"house {place}"))];
        var roster = new GroupRoster(group.KeyId, "friends", sequence, before?.Hash, people);
        return await BackupRecord.SignAsync(RecordKind.GroupRoster, roster.ToMembers(Timestamp.Truncate(world.Time.GetUtcNow())), group);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A peer of the group did not do what it should.");
        }
    }
}
