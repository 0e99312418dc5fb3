namespace FairShare.Contracts.Exchange;

/// <summary>A page of the inbox; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record InboxPage(IReadOnlyList<InboxMessage> Messages, string? Cursor = null);

/// <summary>A message to the caller.</summary>
/// <param name="ProtocolStep"><c>7</c>, <c>8</c> or <c>a</c>.</param>
/// <param name="FileId">The document.</param>
/// <param name="At">When it was written.</param>
/// <param name="Message">The step's members.</param>
/// <param name="ExchangeId">The exchange, if it is of one.</param>
public sealed record InboxMessage(string ProtocolStep, string FileId, DateTimeOffset At, InboxContent Message, string? ExchangeId = null);

/// <summary>What a message of the inbox says; each step has some of the members.</summary>
/// <param name="State">How the exchange ended.</param>
/// <param name="Downloader">The downloader, to the uploader.</param>
/// <param name="Nrr">Step 7: the evidence of receipt.</param>
/// <param name="Nro">Step 8: the evidence of origin.</param>
/// <param name="Release">Steps 7 and 8: the release record.</param>
/// <param name="Refusal">Step a: the downloader's refusal, when it declined.</param>
/// <param name="Record">Step a: the store's record of the ending.</param>
public sealed record InboxContent(
    string State,
    string? Downloader = null,
    string? Nrr = null,
    string? Nro = null,
    string? Release = null,
    string? Refusal = null,
    string? Record = null
);
