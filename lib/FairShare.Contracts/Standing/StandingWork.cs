using FairShare.Contracts.Backup;

namespace FairShare.Contracts.Standing;

/// <summary>An owner's standing orders about one backup, for a coordinator that carries them.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Action">What the orders name: <c>proofs</c>, <c>refreshes</c> or <c>deletions</c>.</param>
/// <param name="IntervalSeconds">How long a round begins after the last one ended: an hour to a year.</param>
/// <param name="Peers">The peers 1 to n; at most 40.</param>
/// <param name="Epoch">The epoch of the key shares, which a refresh needs; 0 for other work.</param>
/// <param name="BodySize">The bytes of each body, of which proofs are asked no longer than they can take; 0 where it is not said.</param>
public sealed record StandingWork(
    string Backup,
    string Action,
    long IntervalSeconds,
    IReadOnlyList<StandingPeer> Peers,
    long Epoch = 0,
    long BodySize = 0
);

/// <summary>A peer, and the order for it.</summary>
/// <param name="Seal">The JWK of its seal.</param>
/// <param name="Url">The address of its API; null where none is known.</param>
/// <param name="Order">The order; null where there is none.</param>
public sealed record StandingPeer(string Seal, string? Url = null, PeerOrder? Order = null);

/// <summary>Work that was handed over, and what came of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>active</c>, <c>done</c> (all peers have deleted), <c>expired</c> (the orders have) or <c>withdrawn</c>.</param>
/// <param name="Round">The round that is under way, or waits: 1 for the first.</param>
/// <param name="RoundAt">When that round begins, or has begun.</param>
/// <param name="Until">When the first of the orders is worth nothing any more.</param>
/// <param name="Answers">What peers answered in this round and the one before.</param>
public sealed record StandingWorkView(
    string Id,
    string State,
    int Round,
    DateTimeOffset RoundAt,
    DateTimeOffset Until,
    IReadOnlyList<StandingAnswer> Answers
);

/// <summary>What came of carrying an order to a peer.</summary>
/// <param name="Round">The round.</param>
/// <param name="Step">The call: the last part of its path.</param>
/// <param name="Peer">The peer, 1 to n.</param>
/// <param name="At">When.</param>
/// <param name="Answer">The JSON of the peer's answer, or what is known of the failure.</param>
/// <param name="Failure">Why there is no answer: the peer's problem, or <c>unreachable</c>; null where there is one.</param>
public sealed record StandingAnswer(int Round, string Step, int Peer, DateTimeOffset At, string Answer, string? Failure = null);
