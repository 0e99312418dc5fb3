using FairShare.Core.Identifiers;
using FairShare.Log.Notes;

namespace FairShare.Audit.Findings;

/// <summary>What is audited, and whom the auditor believes.</summary>
/// <param name="Store">The store.</param>
/// <param name="StoreKeys">Thumbprints of its keys, known from elsewhere.</param>
/// <param name="LogKey">The log's key, known from elsewhere.</param>
/// <param name="From">Exchanges that were opened from this time on are verified.</param>
/// <param name="To">And before this time.</param>
/// <param name="Now">The present.</param>
public sealed record AuditOptions(
    PartyId Store,
    IReadOnlySet<string> StoreKeys,
    NoteKey LogKey,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset Now
);
