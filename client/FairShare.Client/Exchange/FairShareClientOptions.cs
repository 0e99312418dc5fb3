using FairShare.Client.Clocks;
using FairShare.Client.Http;
using FairShare.Client.Profiles;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Exchange;

/// <summary>What a client works with.</summary>
/// <param name="Api">The API, with the party's access token.</param>
/// <param name="Transfers">A connection to presigned URLs: no base address, no default headers, no overall timeout.</param>
/// <param name="Profile">The party's folder.</param>
/// <param name="Party">The party.</param>
/// <param name="Time">The clock; evidence carries its time.</param>
/// <param name="Randomness">The source of evidence ids.</param>
public sealed record FairShareClientOptions(
    FairShareApi Api,
    HttpClient Transfers,
    Profile Profile,
    PartyId Party,
    TimeProvider Time,
    IRandomness Randomness
)
{
    /// <summary>What is known of the service's clock; null compares none.</summary>
    public ServiceClock? Clock { get; init; }

    /// <summary>For how long the object store may not go on before it counts as unreachable; a minute by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether the service is asked, immediately before a receipt is signed, that the party has not given one for the document meanwhile;
    /// false by default.
    /// </summary>
    public bool SignsOnce { get; init; }

    /// <summary>Whether evidence is stamped before it is handed in; false by default.</summary>
    public bool StampsEvidence { get; init; }
}
