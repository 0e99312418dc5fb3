namespace FairShare.Client.Vault.Gateway;

/// <summary>On which terms a gateway stores files.</summary>
/// <param name="Life">How long they live: 1 second to 365 days.</param>
/// <param name="MaxOpens">How often they may be fetched, 1 to 1000; null for as often as somebody asks.</param>
/// <param name="Limit">The most bytes of a file.</param>
public sealed record GatewayTerms(TimeSpan Life, int? MaxOpens, long Limit);
