using System.Text.Json.Serialization;

namespace FairShare.Contracts.Webhooks;

/// <summary>What an endpoint is sent when an exchange has ended: the envelope that the party's queue has of the step too.</summary>
/// <param name="ProtocolStep"><c>7</c> to the uploader and <c>8</c> to the downloader of an exchange that completed; <c>a</c> to both of
/// one that did not.</param>
/// <param name="UserId">The party that it is for.</param>
/// <param name="Message">The step's members.</param>
public sealed record WebhookMessage(string ProtocolStep, string UserId, WebhookContent Message);

/// <summary>What a message says; each step has some of the members.</summary>
/// <param name="FileId">The document.</param>
/// <param name="ExchangeId">The exchange.</param>
/// <param name="Timestamp">When it ended.</param>
/// <param name="Downloader">The downloader, to the uploader.</param>
/// <param name="Nrr">Step 7: the evidence of receipt.</param>
/// <param name="Nro">Step 8: the evidence of origin.</param>
/// <param name="FilePath">Step 8: the document's path in the store, which is no URL.</param>
/// <param name="Release">Steps 7 and 8: the release record.</param>
/// <param name="State">Step a: how it ended, Declined, Aborted or Expired.</param>
/// <param name="Record">Step a: the store's record of the ending.</param>
public sealed record WebhookContent(
    string FileId,
    string ExchangeId,
    DateTimeOffset Timestamp,
    string? Downloader = null,
    [property: JsonPropertyName("NRR")] string? Nrr = null,
    [property: JsonPropertyName("NRO")] string? Nro = null,
    string? FilePath = null,
    string? Release = null,
    string? State = null,
    string? Record = null
);

/// <summary>What an endpoint is sent when it is verified.</summary>
/// <param name="Type"><c>ping</c>.</param>
/// <param name="Challenge">What it must answer with.</param>
public sealed record WebhookPing(string Type, string Challenge);

/// <summary>What an endpoint answers a ping with.</summary>
/// <param name="Challenge">That of the ping.</param>
public sealed record WebhookPingAnswer(string Challenge);
