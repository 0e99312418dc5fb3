using System.Text.Json;
using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Backup.Peers;

/// <summary>One peer, as an owner gives it orders.</summary>
/// <param name="peer">The peer.</param>
/// <param name="api">Its API.</param>
/// <param name="owner">The owner's key.</param>
/// <param name="time">The clock.</param>
/// <param name="randomness">The source of nonces.</param>
public sealed class PeerConnection(KnownPeer peer, FairShareApi api, LocalSigner owner, TimeProvider time, IRandomness randomness)
{
    private const int Attempts = 3;

    /// <summary>The peer.</summary>
    public KnownPeer Peer => peer;

    /// <summary>The roster that is shown with each order; that of the peer's note by default.</summary>
    public string? Roster { get; init; } = peer.Roster;

    /// <summary>How long it is waited for; a minute by default.</summary>
    public Patience Patience { get; init; } = new(Patience.Standard, time);

    /// <summary>Asks the peer who it is, and holds that against what was noted.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.PeerKeyChanged"/>.</exception>
    public async Task<PeerDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var description = await Patience
            .WaitAsync(peer.Name, token => api.CallAsync(PeerRoutes.DescribePeer, token), cancellationToken)
            .ConfigureAwait(false);
        return description.Kid == peer.Kid.ToString() && description.Key == peer.Key && description.Agreement == peer.Agreement
            ? description
            : throw new BackupProblem(
                BackupProblem.PeerKeyChanged,
                $"{peer.Name} shows another key than the one that was noted, {peer.Kid}."
            );
    }

    /// <summary>Gives an order. A fresh one is given again where the answer to the first was lost.</summary>
    /// <param name="route">The call.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="content">What is said besides.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="FairShareProblem">The peer refused.</exception>
    public async Task<TAnswer> OrderAsync<TContent, TAnswer>(
        Route<BackupId, PeerOrder, TAnswer> route,
        BackupId backup,
        TContent content,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var order = await SignAsync(route, backup, content, BackupOrder.Validity, cancellationToken).ConfigureAwait(false);
            try
            {
                return await GiveAsync(route, backup, order, cancellationToken).ConfigureAwait(false);
            }
            catch (FairShareProblem problem) when (attempt < Attempts && problem.Code is "order-followed" or "busy")
            {
                // The call was repeated underneath after its answer was lost, or met another one; all calls may be repeated.
            }
        }
    }

    /// <summary>Hands the peer a roster of its group.</summary>
    /// <returns>The roster that stands there then.</returns>
    public Task<RosterAnswer> HandAsync(string roster, CancellationToken cancellationToken) =>
        Patience.WaitAsync(peer.Name, token => api.CallAsync(PeerRoutes.TakeRoster, new RosterRequest(roster), token), cancellationToken);

    /// <summary>Signs an order without giving it.</summary>
    /// <param name="route">The call.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="content">What is said besides.</param>
    /// <param name="validity">How long it is good for.</param>
    /// <param name="cancellationToken">Stops the signing.</param>
    public Task<PeerOrder> SignAsync<TContent>(
        Route route,
        BackupId backup,
        TContent content,
        TimeSpan validity,
        CancellationToken cancellationToken
    ) => SignAsync(PeerRoutes.ActionOf(route), backup, content, validity, cancellationToken);

    /// <summary>Signs an order for what it must name: a call, or all steps of a refresh.</summary>
    internal async Task<PeerOrder> SignAsync<TContent>(
        string action,
        BackupId backup,
        TContent content,
        TimeSpan validity,
        CancellationToken cancellationToken
    )
    {
        var text = JsonSerializer.Serialize(content, ContractJson.Lenient.TypeOf<TContent>());
        var now = Timestamp.Truncate(time.GetUtcNow());
        var order = new BackupOrder(backup, action, peer.Kid, Nonce.New(randomness), now, now + validity, BackupOrder.DigestOf(text));
        var record = await BackupRecord
            .SignAsync(RecordKind.BackupOrder, order.ToMembers(), owner, cancellationToken)
            .ConfigureAwait(false);
        return new PeerOrder(record.Text, owner.PublicKey.ToJwk(), text, Roster);
    }

    /// <summary>Gives an order that is signed already.</summary>
    public Task<TAnswer> GiveAsync<TAnswer>(
        Route<BackupId, PeerOrder, TAnswer> route,
        BackupId backup,
        PeerOrder order,
        CancellationToken cancellationToken
    ) => Patience.WaitAsync(peer.Name, token => api.CallAsync(route, backup, order, token), cancellationToken);

    /// <summary>Reads what the peer has signed.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadAnswer"/>: it is malformed, another's, or of another backup.</exception>
    public BackupRecord Read(string text, RecordKind kind, BackupId backup)
    {
        try
        {
            var record = BackupRecord.Verify(text, kind, peer.Seal);
            return record.Members.Backup == backup ? record : throw BadAnswer($"a {kind} of another backup");
        }
        catch (TokenException fault)
        {
            throw BadAnswer($"a {kind} that is refused: {fault.Code}");
        }
    }

    /// <summary>What is said of an answer that is not what it must be.</summary>
    public BackupProblem BadAnswer(string what) => new(BackupProblem.BadAnswer, $"{peer.Name} answered with {what}.");
}
