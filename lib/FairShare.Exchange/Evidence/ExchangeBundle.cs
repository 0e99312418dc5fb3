namespace FairShare.Exchange.Evidence;

/// <summary>The tokens of one exchange as compact JWS; what the exchange did not reach is null.</summary>
public sealed record ExchangeBundle
{
    /// <summary>The uploader's evidence of origin; a downloader has it only of a completed exchange.</summary>
    public string? Origin { get; init; }

    /// <summary>The store's challenge; every exchange has one.</summary>
    public required string Challenge { get; init; }

    /// <summary>The downloader's evidence of receipt.</summary>
    public string? Receipt { get; init; }

    /// <summary>The store's release record: the exchange completed.</summary>
    public string? Release { get; init; }

    /// <summary>The downloader's refusal.</summary>
    public string? Refusal { get; init; }

    /// <summary>The store's abort or expiry record: the exchange ended otherwise.</summary>
    public string? Record { get; init; }
}
