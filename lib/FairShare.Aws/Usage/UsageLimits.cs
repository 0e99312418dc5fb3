namespace FairShare.Aws.Usage;

/// <summary>How much a party may use of the store.</summary>
/// <param name="CallsAnHour">Calls in one hour of the clock that make the store sign or store something.</param>
/// <param name="OpenExchanges">Exchanges that wait for the party's receipt.</param>
/// <param name="PendingUploads">Documents that the party has announced, and not deposited, aborted or let expire.</param>
/// <param name="LookupsAnHour">Addresses that it may look up in one hour of the clock.</param>
public sealed record UsageLimits(int CallsAnHour, int OpenExchanges, int PendingUploads, int LookupsAnHour)
{
    /// <summary>What every party may use: 600 calls an hour, 1,000 open exchanges, 100 pending uploads, 60 lookups an hour.</summary>
    public static UsageLimits Default { get; } = new(600, 1_000, 100, 60);

    /// <summary>So many times as much of each.</summary>
    public UsageLimits Times(int factor) =>
        new(CallsAnHour * factor, OpenExchanges * factor, PendingUploads * factor, LookupsAnHour * factor);
}

/// <summary>What a party has used up.</summary>
public enum UsageKind
{
    /// <summary>The calls of this hour.</summary>
    Calls,

    /// <summary>Exchanges that may be open.</summary>
    Exchanges,

    /// <summary>Uploads that may be pending.</summary>
    Uploads,

    /// <summary>The lookups of this hour.</summary>
    Lookups,
}

/// <summary>A refusal to count any further.</summary>
/// <param name="Kind">What is used up.</param>
/// <param name="RetryAfter">When it is worth while to ask again.</param>
public sealed record UsageRefusal(UsageKind Kind, TimeSpan RetryAfter);
