namespace FairShare.Contracts.Parties;

/// <summary>An address that is looked up; its case does not matter.</summary>
public sealed record LookupRequest(string Email);

/// <summary>The party whose verified address it is.</summary>
public sealed record LookupAnswer(string Party);

/// <summary>Whether the caller can be looked up.</summary>
/// <param name="Allowed">Whether it can.</param>
/// <param name="Email">By which address; null when it cannot.</param>
public sealed record LookupSetting(bool Allowed, string? Email = null);
