namespace FairShare.Aws.Log;

/// <summary>How what is complete in the log is locked.</summary>
/// <param name="Mode"><c>COMPLIANCE</c>, which nobody lifts, or <c>GOVERNANCE</c>, which a right lifts.</param>
/// <param name="Days">For how many days from when it is put; 1 or more.</param>
public sealed record LogRetention(string Mode, int Days);
