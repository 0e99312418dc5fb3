using FairShare.Core.Errors;

namespace FairShare.Functions.Http;

/// <summary>A handler some of whose outcomes are counted as a metric.</summary>
internal interface ICountedOutcomes<TAnswer>
{
    /// <summary>The metric that an answer counts for; null for none.</summary>
    string? MetricOf(TAnswer answer);

    /// <summary>The metric that a refusal counts for; null for none.</summary>
    string? MetricOf(ProtocolException refusal);
}
