namespace TemplateHost.Gateway.Faults;

/// <summary>The faults of a run. Equal seeds and equal sequences of calls meet equal faults; a plan without rules does nothing.</summary>
public sealed class FaultPlan(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private volatile IReadOnlyList<FaultRule> rules = [];

    /// <summary>May be changed while the host runs.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get => rules;
        set => rules = value;
    }

    /// <summary>How many faults there were so far, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Injected
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<FaultKind, int>(injected);
            }
        }
    }

    private readonly Dictionary<FaultKind, int> injected = [];

    /// <summary>The fault that this call meets; null for none. The first rule that strikes wins.</summary>
    internal FaultRule? Draw(string service, string operation)
    {
        if (rules.Count == 0)
        {
            return null;
        }

        lock (gate)
        {
            foreach (var rule in rules.Where(rule => (rule.Service ?? service) == service && (rule.Operation ?? operation) == operation))
            {
                if (random.NextDouble() < rule.Probability)
                {
                    injected[rule.Kind] = injected.GetValueOrDefault(rule.Kind) + 1;
                    return rule;
                }
            }

            return null;
        }
    }
}
