namespace FairShare.Aws.Exchange;

/// <summary>On which side of an exchange a party is.</summary>
public enum ExchangeSide
{
    /// <summary>It deposited the document.</summary>
    Uploader,

    /// <summary>It asked for the document.</summary>
    Downloader,
}
