namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What the protocol promises, as docs/protocol.md says it; each violation is of one of them.</summary>
public enum Promise
{
    /// <summary>A can read the receipt if and only if B can read the evidence of origin and fetch the document.</summary>
    Fairness,

    /// <summary>An exchange ends once, and evidence of two endings does not exist.</summary>
    OneEnding,

    /// <summary>Only A aborts, only B declines, and nothing expires before its deadline.</summary>
    EndedByRight,

    /// <summary>Each party can end an exchange without the other, and what was begun ends.</summary>
    Timeliness,

    /// <summary>What the store accepted has its effect, and what happened is delivered.</summary>
    NothingLost,

    /// <summary>What the store accepted verifies offline, for ever.</summary>
    AcceptedMeansProven,

    /// <summary>Evidence that stands is neither changed nor taken away.</summary>
    WriteOnce,

    /// <summary>Evidence, keys and answers are of the party that they are for, and of the announcement that they answer.</summary>
    BoundToParty,

    /// <summary>Before its receipt, B is shown nothing from which the document could be guessed.</summary>
    HiddenUntilReceipted,

    /// <summary>An item of the vault opens as often as was stated, and ten wrong guesses are compared before the first pause.</summary>
    CountedExactly,
}

/// <summary>One promise that was broken.</summary>
internal sealed record Violation(Promise Promise, string Subject, string Detail);
