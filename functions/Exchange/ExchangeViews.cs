using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;

namespace FairShare.Functions.Exchange;

/// <summary>Exchanges as answers show them.</summary>
internal static class ExchangeViews
{
    public static ExchangeView ToView(this ExchangeRecord exchange) =>
        new(
            exchange.Id.ToString(),
            exchange.Document.ToString(),
            exchange.Uploader.ToString(),
            exchange.Downloader.ToString(),
            exchange.State.ToString(),
            exchange.OpenedAt,
            exchange.Due,
            exchange.Ending?.EndedAt,
            exchange.Challenge.Statement.Document.Name.ToString(),
            exchange.Challenge.Statement.Document.Size
        );
}
