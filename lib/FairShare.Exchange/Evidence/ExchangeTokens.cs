using System.Text.Json.Serialization;

namespace FairShare.Exchange.Evidence;

/// <summary>The tokens of one exchange as compact JWS; what the exchange did not reach is null.</summary>
public sealed record ExchangeTokens
{
    /// <summary>The uploader's evidence of origin; a downloader has it only of a completed exchange.</summary>
    [JsonPropertyName("nro")]
    public string? Origin { get; init; }

    /// <summary>The store's challenge; every exchange has one.</summary>
    [JsonPropertyName("challenge")]
    public required string Challenge { get; init; }

    /// <summary>The downloader's evidence of receipt.</summary>
    [JsonPropertyName("nrr")]
    public string? Receipt { get; init; }

    /// <summary>The store's release record: the exchange completed.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>The downloader's refusal.</summary>
    [JsonPropertyName("refusal")]
    public string? Refusal { get; init; }

    /// <summary>The store's abort or expiry record: the exchange ended otherwise.</summary>
    [JsonPropertyName("record")]
    public string? Record { get; init; }
}
