using System.Globalization;

namespace TemplateHost.Testing.Fuzzing;

/// <summary>
/// Which inputs are drawn: <c>FAIRSHARE_FUZZ_SEED</c> draws others, <c>FAIRSHARE_FUZZ_INPUTS</c> so many of each kind, and
/// <c>FAIRSHARE_FUZZ_INPUT</c> that one alone.
/// </summary>
/// <param name="Seed">What all inputs follow from.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many there are.</param>
public sealed record FuzzPlan(int Seed, int First, int Count)
{
    private const int DefaultSeed = 15;

    /// <summary>The plan of a run.</summary>
    /// <param name="shortForm">How many inputs are drawn where nobody asks for more.</param>
    public static FuzzPlan Of(int shortForm)
    {
        var seed = Number("FAIRSHARE_FUZZ_SEED") ?? DefaultSeed;
        return Number("FAIRSHARE_FUZZ_INPUT") is { } one
            ? new FuzzPlan(seed, one, 1)
            : new FuzzPlan(seed, 0, Number("FAIRSHARE_FUZZ_INPUTS") ?? shortForm);
    }

    /// <summary>The numbers of the inputs.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(First, Count);

    /// <summary>What an input is drawn from: the same for the same seed and number, whatever was drawn before.</summary>
    public Random RandomOf(int number) => new(unchecked((Seed * 1_000_003) + number));

    /// <summary>How an input is tried again.</summary>
    public string Replay(int number) => $"FAIRSHARE_FUZZ_SEED={Seed} FAIRSHARE_FUZZ_INPUT={number}";

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
