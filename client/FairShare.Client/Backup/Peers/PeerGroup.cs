using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Backup.Peers;

/// <summary>Several peers, asked at once.</summary>
/// <param name="peers">The peers.</param>
public sealed class PeerGroup(IReadOnlyList<PeerConnection> peers)
{
    /// <summary>The peers.</summary>
    public IReadOnlyList<PeerConnection> Peers => peers;

    /// <summary>The peer with that seal; null where it is not among them.</summary>
    public PeerConnection? Find(KeyId kid) => peers.FirstOrDefault(peer => peer.Peer.Kid == kid);

    /// <summary>Asks each of them something, and takes what comes of it, failures included.</summary>
    public Task<IReadOnlyList<PeerOutcome<T>>> AskAsync<T>(Func<PeerConnection, Task<T>> ask) => AskAsync(peers, ask);

    /// <summary>Asks some of them.</summary>
    public static async Task<IReadOnlyList<PeerOutcome<T>>> AskAsync<T>(
        IEnumerable<PeerConnection> some,
        Func<PeerConnection, Task<T>> ask
    ) => await Task.WhenAll(some.Select(peer => TryAsync(peer, ask))).ConfigureAwait(false);

    /// <summary>Asks one peer.</summary>
    public static async Task<PeerOutcome<T>> TryAsync<T>(PeerConnection peer, Func<PeerConnection, Task<T>> ask)
    {
        try
        {
            return new PeerOutcome<T>(peer, await ask(peer).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is not null)
        {
            return new PeerOutcome<T>(peer, default, PeerFailure.Of(fault));
        }
    }
}

/// <summary>What came of asking a peer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Value">Its answer; the default where there is none.</param>
/// <param name="Failure">Why there is none; null where there is one.</param>
public sealed record PeerOutcome<T>(PeerConnection Peer, T? Value, PeerFailure? Failure);

/// <summary>Why a peer did not do something.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record PeerFailure(string Code, string Detail)
{
    /// <summary>The code of a peer that does not answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The failure of a peer that an exception is; null for any other.</summary>
    public static PeerFailure? Of(Exception fault) =>
        fault switch
        {
            FairShareProblem problem => new(problem.Code, problem.Detail),
            TransferProblem problem => new(problem.Code, problem.Message),
            BackupProblem problem => new(problem.Code, problem.Message),
            TokenException problem => new(BackupProblem.BadAnswer, problem.Message),
            HttpRequestException { StatusCode: { } status } problem => new($"http-{(int)status}", problem.Message),
            HttpRequestException problem => new(Unreachable, problem.Message),
            TaskCanceledException { InnerException: TimeoutException problem } => new(Unreachable, problem.Message),
            TimeoutException problem => new(Unreachable, problem.Message),
            IOException problem => new(Unreachable, problem.Message),
            _ => null,
        };
}
