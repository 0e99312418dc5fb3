using System.Security.Cryptography;
using System.Text;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Faults;

/// <summary>
/// Which call of a history meets which fault: it follows from the seed, the call and its number among its like, and from how often it was
/// made and struck in the batch before. A history that is shortened is given the faults that are left of it. In most histories calls take a
/// few milliseconds besides, by the same rule: else what is done at one instant would be done one after the other, and nothing would meet.
/// </summary>
/// <param name="coverage">Counts the calls and the faults.</param>
/// <param name="batch">The number of the batch.</param>
internal sealed class FaultSchedule(Coverage coverage, long batch)
{
    private const int Foci = 12;
    private const int Closeness = 6;
    private const int LongestCall = 12;
    private const int Seldom = 4;
    private const int RateOfSeldom = 25_000;
    private readonly Dictionary<CallPoint, int> calls = [];
    private readonly List<StruckFault> struck = [];

    // Of all histories of the batch.
    private readonly Dictionary<CallPoint, int> passes = [];
    private readonly Dictionary<CallPoint, int> strikes = [];
    private long seed;
    private int rate;
    private bool isOn;
    private HashSet<StruckFault>? only;

    /// <summary>What struck since the history began.</summary>
    public IReadOnlyList<StruckFault> Struck => struck;

    /// <summary>How often each call was made since the history began.</summary>
    public IReadOnlyDictionary<CallPoint, int> Made => calls.ToDictionary(call => call.Key, call => call.Value + 1);

    /// <param name="historySeed">The history.</param>
    /// <param name="perHundredThousand">How many of a hundred thousand calls are struck, before the rate is raised where it is.</param>
    /// <param name="chosen">Faults to meet instead, and no others; null for those that follow from the seed.</param>
    public void Begin(long historySeed, int perHundredThousand, IEnumerable<StruckFault>? chosen)
    {
        calls.Clear();
        struck.Clear();
        (seed, rate, only, isOn) = (historySeed, perHundredThousand, chosen?.ToHashSet(), true);
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void End() => isOn = false;

    public FaultRule? Choose(CallPoint call)
    {
        if (!isOn || (call.Origin.Length == 0 && call.Service != FaultChoices.Api))
        {
            return null;
        }

        coverage.Pass(call);
        passes[call] = passes.GetValueOrDefault(call) + 1;
        var occurrence = calls[call] = calls.GetValueOrDefault(call, -1) + 1;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {call.Origin} {call.Service} {call.Operation} {occurrence}"));
        if (Draw(call, occurrence, digest) is not { } kind)
        {
            return Length(digest);
        }

        struck.Add(new StruckFault(call, occurrence, kind));
        coverage.Strike(new FaultCell(call, kind));
        return FaultChoices.Rule(kind, call);
    }

    /// <summary>
    /// The first two calls of every call point are struck twice as often as later ones: many points are passed no more often in a history;
    /// and the first ones of a batch much more often, since some points are passed no more often in a batch.
    /// </summary>
    private int Raised(CallPoint call, bool isInFocus, int occurrence) =>
        rate > 0 && passes[call] <= Seldom ? RateOfSeldom : rate * (isInFocus ? Closeness : 1) * (occurrence < 2 ? 2 : 1);

    /// <summary>One kind after the other, from another one on in each batch: so seldom calls meet all of them.</summary>
    private FaultKind Next(CallPoint call)
    {
        var choices = FaultChoices.Of(call);
        var number = strikes[call] = strikes.GetValueOrDefault(call, -1) + 1;
        return choices[(int)((number + HashOf(call) + batch) % choices.Count)];
    }

    /// <summary>How long a call takes that meets no fault; null for no time.</summary>
    private FaultRule? Length(byte[] digest) =>
        seed % 4 != 0 && digest[8] % 2 == 0
            ? new FaultRule(FaultKind.Delay, 1, Delay: TimeSpan.FromMilliseconds(1 + digest[9] % LongestCall))
            : null;

    private static int HashOf(CallPoint call) =>
        BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Origin} {call.Service} {call.Operation}")));

    private FaultKind? Draw(CallPoint call, int occurrence, byte[] digest)
    {
        if (only is not null)
        {
            return only.FirstOrDefault(fault => fault.Call == call && fault.Occurrence == occurrence)?.Kind;
        }

        // Every history looks closer at some of the calls, so that seldom ones are struck as well.
        var isInFocus = Math.Abs(HashOf(call) + seed) % Foci == 0;
        return BitConverter.ToUInt32(digest) % 100_000 < Raised(call, isInFocus, occurrence) ? Next(call) : null;
    }
}
