using FairShare.Backup.Curve;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// What follows from linear equations between unknown numbers, by Gauss's elimination: every combination of them at once.
/// </summary>
internal sealed class LinearKnowledge
{
    // Each equation is solved for its first unknown, which stands for it.
    private readonly SortedDictionary<int, (SortedDictionary<int, Scalar> Terms, Scalar Value)> equations = [];

    /// <summary>Takes an equation: the unknowns, each times its factor, add up to the value.</summary>
    /// <exception cref="InvalidOperationException">It contradicts the others.</exception>
    public void Learn(IEnumerable<(int Unknown, Scalar Factor)> terms, Scalar value)
    {
        var (rest, constant) = Reduce(terms, value);
        if (rest.Count == 0)
        {
            if (constant != Scalar.Zero)
            {
                throw new InvalidOperationException("The equations contradict one another.");
            }

            return;
        }

        var (first, factor) = rest.First();
        var inverse = factor.Invert();
        foreach (var unknown in rest.Keys.ToList())
        {
            rest[unknown] *= inverse;
        }

        equations[first] = (rest, constant * inverse);
    }

    /// <summary>The value of an unknown; null where the equations say nothing of it.</summary>
    public Scalar? Find(int unknown)
    {
        var (rest, constant) = Reduce([(unknown, Scalar.Of(1))], Scalar.Zero);
        return rest.Count == 0 ? Scalar.Zero - constant : null;
    }

    private (SortedDictionary<int, Scalar> Terms, Scalar Value) Reduce(IEnumerable<(int Unknown, Scalar Factor)> terms, Scalar value)
    {
        var rest = new SortedDictionary<int, Scalar>();
        Add(rest, terms, Scalar.Of(1));
        // An equation has unknowns from its own on, so one pass in their order leaves none that an equation stands for.
        for (var unknown = Next(rest, 0); unknown >= 0; unknown = Next(rest, unknown + 1))
        {
            if (equations.TryGetValue(unknown, out var equation))
            {
                var factor = Scalar.Zero - rest[unknown];
                Add(rest, equation.Terms.Select(term => (term.Key, term.Value)), factor);
                value += factor * equation.Value;
            }
        }

        return (rest, value);
    }

    private static void Add(SortedDictionary<int, Scalar> sum, IEnumerable<(int Unknown, Scalar Factor)> terms, Scalar times)
    {
        foreach (var (unknown, factor) in terms)
        {
            var next = sum.GetValueOrDefault(unknown) + (times * factor);
            if (next == Scalar.Zero)
            {
                sum.Remove(unknown);
            }
            else
            {
                sum[unknown] = next;
            }
        }
    }

    private static int Next(SortedDictionary<int, Scalar> terms, int from) => terms.Keys.FirstOrDefault(unknown => unknown >= from, -1);
}
