namespace FairShare.Aws.Standing;

/// <summary>What came of carrying an order to a peer; the latest attempt counts.</summary>
/// <param name="Round">The round.</param>
/// <param name="Step">The call: the last part of its path.</param>
/// <param name="Peer">The peer, 1 to n.</param>
/// <param name="At">When.</param>
/// <param name="Failure">Why there is no answer; null where there is one.</param>
/// <param name="Answer">The JSON of the answer, or what is known of the failure.</param>
/// <param name="Restarts">How often a proof has begun anew in this round.</param>
public sealed record CarriedAnswer(int Round, string Step, int Peer, DateTimeOffset At, string? Failure, string Answer, int Restarts = 0);
