using FairShare.Vault.Compression;
using FairShare.Vault.Extraction;

namespace FairShare.Client.Vault.Items;

/// <summary>What was fetched.</summary>
/// <param name="Kind">What it is; null where the object was kept as it is.</param>
/// <param name="Paths">The full paths of what is there now; none for a stream.</param>
/// <param name="Length">Bytes of all files, or of the stream.</param>
/// <param name="Tree">What was extracted of an archive; null for anything else.</param>
/// <param name="OpensLeft">How many opens the item has left; null where only time limits them.</param>
public sealed record ReceivedItem(PayloadKind? Kind, IReadOnlyList<string> Paths, long Length, ExtractedTree? Tree, int? OpensLeft);
