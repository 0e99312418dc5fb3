using FairShare.Core.Identifiers;

namespace FairShare.Client.Log.Disputes;

/// <summary>What a dispute comes to.</summary>
/// <param name="Outcome">Whether the exchange took place.</param>
/// <param name="Exchange">The exchange; null when no claim names one that counts.</param>
/// <param name="Statements">What is established, one sentence each: who signed what, and when.</param>
/// <param name="Contradictions">What the claims are contradicted by, and who is shown to have cheated.</param>
public sealed record Judgement(
    DisputeOutcome Outcome,
    ExchangeId? Exchange,
    IReadOnlyList<string> Statements,
    IReadOnlyList<Contradiction> Contradictions
);

/// <summary>Whether an exchange took place.</summary>
public enum DisputeOutcome
{
    /// <summary>Nothing that was presented shows how it ended.</summary>
    NotShown,

    /// <summary>It completed: each side was given the other's evidence.</summary>
    TookPlace,

    /// <summary>It ended otherwise.</summary>
    EndedOtherwise,

    /// <summary>The store states two things that exclude each other.</summary>
    StoreContradictsItself,
}

/// <summary>Something that cannot be as it is presented.</summary>
/// <param name="Code">What kind, in stable words, for example <c>store-two-endings</c>.</param>
/// <param name="Against">Whom it tells against: a party, the store, or a claim whose author is not shown to have made it.</param>
/// <param name="IsCheat">Whether it shows that this one cheated: signatures of its own exclude each other.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record Contradiction(string Code, string Against, bool IsCheat, string Detail);
