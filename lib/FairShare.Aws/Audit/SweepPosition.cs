namespace FairShare.Aws.Audit;

/// <summary>The item of the table up to which a sweep has come.</summary>
/// <param name="Partition">Its <c>pk</c>.</param>
/// <param name="Sort">Its <c>sk</c>.</param>
public sealed record SweepPosition(string Partition, string Sort);
