using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Usage;

/// <summary>The keys of what parties have used of their limits.</summary>
internal static class UsageItemKeys
{
    public const string StartedPrefix = "EXCHANGE#";

    public static ItemKey Usage(PartyId party) => new(UsagePartition(party), "USAGE");

    /// <summary>Lookups are counted apart, with a limit of their own.</summary>
    public static ItemKey Lookups(PartyId party) => new(UsagePartition(party), "LOOKUPS");

    public static ItemKey StartedExchange(PartyId party, ExchangeId exchange) => new(UsagePartition(party), StartedPrefix + exchange);

    public static ExchangeId StartedIn(ItemKey key) => ExchangeId.Parse(key.Sort[StartedPrefix.Length..]);

    public static string UsagePartition(PartyId party) => Partitions.Usage + party;
}
