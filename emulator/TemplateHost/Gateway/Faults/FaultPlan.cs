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

    /// <summary>
    /// Chooses the fault of a call, before the rules are asked; its rule's probability counts for nothing. Default: none.
    /// </summary>
    public Func<CallPoint, FaultRule?>? Choose { get; set; }

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
    internal FaultRule? Draw(CallPoint call)
    {
        if (rules.Count == 0 && Choose is null)
        {
            return null;
        }

        lock (gate)
        {
            var struck =
                Choose?.Invoke(call)
                ?? rules.FirstOrDefault(rule =>
                    (rule.Service ?? call.Service) == call.Service
                    && (rule.Operation ?? call.Operation) == call.Operation
                    && random.NextDouble() < rule.Probability
                );
            if (struck is not null)
            {
                injected[struck.Kind] = injected.GetValueOrDefault(struck.Kind) + 1;
            }

            return struck;
        }
    }
}
