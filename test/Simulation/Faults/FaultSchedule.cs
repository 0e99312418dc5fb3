using System.Security.Cryptography;
using System.Text;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Faults;

/// <summary>
/// Which call of a history meets which fault: it follows from the seed, the call and its number among its like, and from nothing else. So
/// a shortened history meets the same faults at what is left of it. In most histories calls take a few milliseconds besides, by the same
/// rule: else what is done at one instant would be done one after the other, and nothing would meet.
/// </summary>
internal sealed class FaultSchedule(Coverage coverage)
{
    private const int Foci = 12;
    private const int Closeness = 6;
    private const int LongestCall = 12;
    private readonly Dictionary<CallPoint, int> calls = [];
    private readonly List<StruckFault> struck = [];
    private long seed;
    private int rate;
    private bool isOn;
    private HashSet<StruckFault>? only;

    /// <summary>What struck since the history began.</summary>
    public IReadOnlyList<StruckFault> Struck => struck;

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
    /// The first two calls of every call point are struck twice as often as later ones: many points are passed no more often in a history.
    /// </summary>
    private int Raised(bool isInFocus, int occurrence) => rate * (isInFocus ? Closeness : 1) * (occurrence < 2 ? 2 : 1);

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

        var choices = FaultChoices.Of(call);
        // Every history looks closer at some of the calls, so that seldom ones are struck as well.
        var isInFocus = Math.Abs(HashOf(call) + seed) % Foci == 0;
        return BitConverter.ToUInt32(digest) % 100_000 < Raised(isInFocus, occurrence)
            ? choices[(int)(BitConverter.ToUInt32(digest, 4) % choices.Count)]
            : null;
    }
}
