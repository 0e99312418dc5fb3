using FairShare.Aws.Log;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Log;

/// <summary>
/// What the sequencer tells of a batch. It sees every token and every ending, so that no other handler need count them. A batch that comes
/// again after an interruption may count an ending twice, or a token not at all: the table is the authority.
/// </summary>
internal static class LogMetrics
{
    /// <summary>The leaves of the log.</summary>
    public const string LogSize = "LogSize";

    /// <summary>How old the oldest token of a batch is, when the log has it, or when the batch has failed.</summary>
    public const string LogLag = "LogLag";

    /// <summary>Batches that failed.</summary>
    public const string FailedBatches = "FailedBatches";

    /// <summary>From a receipt to when what it releases could be read.</summary>
    public const string ReleaseDelay = "ReleaseDelay";

    // What CloudWatch takes of one metric in one line.
    private const int MostValues = 100;

    /// <summary>The endings that are counted.</summary>
    public static IReadOnlyList<ExchangeState> Endings { get; } =
    [ExchangeState.Completed, ExchangeState.Declined, ExchangeState.Expired, ExchangeState.Aborted];

    /// <summary>The metric that counts an ending.</summary>
    public static string OfEnding(string state) => $"Exchanges{state}";

    /// <summary>The metric that counts tokens of a kind; records of keys are one kind, whatever they say.</summary>
    public static string OfKind(string kind) => EvidenceKinds.FromTypeName(kind) is null ? "TokensKeyRecord" : $"Tokens{kind}";

    /// <summary>The metrics of a batch that the log has.</summary>
    public static IReadOnlyList<MetricValue> Of(SequencedBatch batch, IReadOnlyList<EndedExchange> endings, TimeSpan lag) =>
        [
            MetricValue.Count(LogSize, batch.Size),
            MetricValue.Seconds(LogLag, lag),
            MetricValue.Count(FailedBatches, 0),
            .. endings.CountBy(ending => OfEnding(ending.State)).Select(count => MetricValue.Count(count.Key, count.Value)),
            .. batch.New.CountBy(token => OfKind(token.Leaf.Kind)).Select(count => MetricValue.Count(count.Key, count.Value)),
            .. endings
                .Where(ending => ending.State == nameof(ExchangeState.Completed))
                .Take(MostValues)
                .Select(ending => MetricValue.Seconds(ReleaseDelay, ending.Delay)),
        ];

    /// <summary>The metrics of a batch that failed, and will come again.</summary>
    public static IReadOnlyList<MetricValue> OfFailure(TimeSpan lag) =>
        [MetricValue.Count(FailedBatches, 1), MetricValue.Seconds(LogLag, lag)];
}
