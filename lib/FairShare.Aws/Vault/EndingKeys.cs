namespace FairShare.Aws.Vault;

/// <summary>
/// The sort keys whose removal may end an item of the vault: the filter of the table's stream and the function behind it go by them.
/// </summary>
public static class EndingKeys
{
    /// <summary>The item's timer: what TTL removes when something must be looked after.</summary>
    public const string Timer = "TIMER";

    /// <summary>What the keys of tickets begin with.</summary>
    public const string TicketPrefix = "OPEN#";
}
