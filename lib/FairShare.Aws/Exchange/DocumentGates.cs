using FairShare.Aws.Table;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Exchange;

/// <summary>
/// The items of a document on which the commits of its exchanges and its abort meet. A commit checks and counts on one of them, so that
/// the receipts of a popular document seldom meet each other; an abort writes all of them. Each is created when it is first needed.
/// </summary>
public static class DocumentGates
{
    /// <summary>How many gates a document has.</summary>
    public const int Count = 16;

    /// <summary>The gate of an exchange: two digits, from <c>00</c> to <c>15</c>, the same whenever it is asked for.</summary>
    public static string Of(ExchangeId exchange) =>
        Base64UrlText.TryDecode(exchange.ToString(), out var bytes) && bytes.Length > 0
            ? Name(bytes[0] % Count)
            : throw new ArgumentException("The default exchange id names no exchange.", nameof(exchange));

    internal static IReadOnlyList<ItemKey> Keys(DocumentId document) =>
        [.. Enumerable.Range(0, Count).Select(number => ExchangeItemKeys.Gate(document, Name(number)))];

    private static string Name(int number) => $"{number:00}";
}
