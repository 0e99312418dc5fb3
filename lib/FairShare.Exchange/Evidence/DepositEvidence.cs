using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>
/// Verifies the evidence of a deposit offline: the uploader's evidence of origin, the store's receipt for it (steps 3 and v), and its
/// record
/// of an abort, if there is one (step a).
/// </summary>
public static class DepositEvidence
{
    /// <summary>Verifies every token.</summary>
    /// <param name="origin">The NRO; white space around it is ignored.</param>
    /// <param name="receipt">The deposit receipt; the same.</param>
    /// <param name="record">The AbortRecord of the document; the same; null when there is none.</param>
    /// <param name="keys">Keys of the uploader and of the document store.</param>
    /// <param name="shared">Reads what stands in other evidence too; null, by default, for nothing.</param>
    /// <returns>Every check, and what the uploader stated, which counts only when every check passed; null when it cannot be
    /// read.</returns>
    public static (IReadOnlyList<EvidenceCheck> Checks, EvidenceStatement? Statement) Verify(
        string? origin,
        string? receipt,
        string? record,
        IEnumerable<PartyKey> keys,
        TokenOnce? shared = null
    )
    {
        var checks = new EvidenceChecks(keys, shared);
        var nro = checks.Read("nro", origin, EvidenceKind.EvidenceOfOrigin);
        var deposit = checks.Read("receipt", receipt, EvidenceKind.DepositReceipt);
        var abort = record is null ? null : checks.Read("record", record, EvidenceKind.AbortRecord);
        if (nro is not null && deposit is not null)
        {
            // The store's clock says when it took the evidence, and so at which instant the uploader's key had to be valid.
            var taken = deposit.Statement.Gen!.Value;
            checks.Verify("nro", nro, nro.Statement, taken, TimeSpan.Zero, ExchangeEvidence.ClockSkew);
            checks.Verify("receipt", deposit, Statements.DepositReceipt(null, nro, null), taken, TimeSpan.Zero, TimeSpan.Zero);
            if (abort is not null)
            {
                var expected = Statements.AbortOfDocument(null, nro, null) with { EarliestGen = taken };
                checks.Verify("record", abort, expected, abort.Statement.Gen!.Value, TimeSpan.Zero, TimeSpan.Zero);
            }
        }

        return (checks.All, nro?.Statement);
    }
}
