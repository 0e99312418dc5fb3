using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Audit.Judges;

/// <summary>Judges one exchange by what the table has of it: every token, and what the protocol promises.</summary>
internal static class ExchangeAudit
{
    // The workflow waits so much longer than the deadline, and a failure of a service may take it a while.
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(2);

    /// <summary>What was found, and how the exchange stands.</summary>
    public static (IReadOnlyList<AuditFinding> Findings, string State) Judge(
        IReadOnlyList<AuditedItem> exchange,
        IReadOnlyList<AuditedItem> deposit,
        TokenOnce origin,
        AuditKeys keys,
        DateTimeOffset now
    )
    {
        var opening = exchange.FirstOrDefault(item => item.Sort == "EXCHANGE");
        var ending = exchange.FirstOrDefault(item => item.Sort == "ENDING");
        var tokens = new ExchangeTokens
        {
            Origin = deposit.FirstOrDefault(item => item.Sort == "DEPOSIT")?["origin"],
            Challenge = opening?["challenge"] ?? ending?["challenge"] ?? "",
            Receipt = ending?["receipt"],
            Release = ending?["release"],
            Refusal = ending?["refusal"],
            Record = ending?["record"],
        };
        var evidence = ExchangeEvidence.Verify(
            tokens,
            keys.Of(tokens.Origin, tokens.Challenge, tokens.Receipt, tokens.Release, tokens.Refusal, tokens.Record),
            origin
        );
        var state = ending?["state"] ?? nameof(ExchangeState.AwaitingReceipt);
        List<AuditFinding> findings =
        [
            .. evidence
                .Checks.Where(check => !check.Passed)
                .Select(check => new AuditFinding($"evidence:{check.Name}", exchange[0].Partition, check.Detail)),
            .. Unfair(exchange[0].Partition, tokens, state),
        ];
        if (evidence.Holds && evidence.State.ToString() != state)
        {
            findings.Add(new("other-state", exchange[0].Partition, $"The table says {state}, the evidence {evidence.State}."));
        }

        if (ending is null && evidence.Statement?.Due is { } due && now - due > Overdue)
        {
            findings.Add(new("overdue", exchange[0].Partition, $"The deadline was {Timestamp.Format(due)}, and there is no ending."));
        }

        return (findings, state);
    }

    /// <summary>A has the receipt if and only if B has the evidence of origin: both, or neither.</summary>
    private static IEnumerable<AuditFinding> Unfair(string partition, ExchangeTokens tokens, string state)
    {
        var isCompleted = state == nameof(ExchangeState.Completed);
        if (tokens.Receipt is not null != isCompleted)
        {
            yield return new AuditFinding(
                "unfair",
                partition,
                $"The uploader has {(isCompleted ? "no" : "a")} receipt, and the exchange is {state}."
            );
        }

        if ((tokens.Release is not null && tokens.Origin is not null) != isCompleted)
        {
            yield return new AuditFinding(
                "unfair",
                partition,
                $"The downloader has {(isCompleted ? "no" : "an")} evidence of origin with a release, and the exchange is {state}."
            );
        }
    }
}
