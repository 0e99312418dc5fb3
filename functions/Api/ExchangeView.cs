using FairShare.Aws.Exchanges;

namespace FairShare.Functions.Api;

/// <summary>An exchange as answers show it.</summary>
internal sealed record ExchangeView(
    string ExchangeId,
    string FileId,
    string Uploader,
    string Downloader,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset Due,
    DateTimeOffset? EndedAt
)
{
    public static ExchangeView Of(ExchangeRecord exchange) =>
        new(
            exchange.Id.ToString(),
            exchange.Document.ToString(),
            exchange.Uploader.ToString(),
            exchange.Downloader.ToString(),
            exchange.State.ToString(),
            exchange.OpenedAt,
            exchange.Due,
            exchange.Ending?.EndedAt
        );
}
