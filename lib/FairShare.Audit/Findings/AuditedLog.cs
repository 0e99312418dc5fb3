using FairShare.Core.Digests;
using FairShare.Log.Tiles;

namespace FairShare.Audit.Findings;

/// <summary>What was read of the log.</summary>
/// <param name="Size">The checkpoint's size.</param>
/// <param name="Root">Its root.</param>
/// <param name="SeenEdge">The right edge of what was seen before: from there the next audit may go on, so that it reads everything
/// twice.</param>
/// <param name="ReadEdge">The right edge of what is read now.</param>
public sealed record AuditedLog(long Size, Sha256Digest Root, LogEdge SeenEdge, LogEdge ReadEdge);
