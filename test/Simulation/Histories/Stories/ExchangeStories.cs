using static FairShare.Simulation.Histories.Stories.StoryBook;

namespace FairShare.Simulation.Histories.Stories;

/// <summary>One exchange with each ending, and what belongs to it: keys, reading, a second attempt.</summary>
internal static class ExchangeStories
{
    private const int Uploader = 0;
    private const int Downloader = 1;
    private const int Other = 2;

    // Long enough for the readers of streams and queues, and for what they do.
    private const double End = 12;
    private const double LateEnd = 30;

    private static readonly Deed[] Deposited =
    [
        At(0, Uploader, DeedKind.Announce),
        At(1, Uploader, DeedKind.Upload),
        At(2, Uploader, DeedKind.Deposit),
    ];

    private static readonly Deed[] Requested = [.. Deposited, At(3, Downloader, DeedKind.Request, 0, 0)];

    public static IReadOnlyList<Story> All { get; } =
    [
        Exchange("an exchange completes", [.. Requested, At(5, Downloader, DeedKind.Receipt, 0, 0)]),
        Exchange("an exchange is declined", [.. Requested, At(5, Downloader, DeedKind.Decline, 0, 0)]),
        Exchange("an exchange is aborted", [.. Requested, At(5, Uploader, DeedKind.Abort)]),
        Exchange("an exchange expires", [.. Requested, At(LateEnd, Uploader, DeedKind.Wait)], deadline: 10),
        Exchange("a document is withdrawn", [.. Deposited, At(4, Uploader, DeedKind.Abort)]),
        Exchange("an announcement is withdrawn", [At(0, Uploader, DeedKind.Announce), At(4, Uploader, DeedKind.Abort)]),
        Exchange(
            "everything is read",
            [
                .. Requested,
                At(4, Uploader, DeedKind.Read, 0, 0),
                At(5, Downloader, DeedKind.Receipt, 0, 0),
                At(8, Downloader, DeedKind.Read, 0, 0),
                At(9, Uploader, DeedKind.Read, 0, 0),
                At(9.5, Uploader, DeedKind.ReadLists),
            ]
        ),
        Exchange("an abort meets a receipt", [.. Requested, At(5, Downloader, DeedKind.Receipt, 0, 0), At(5, Uploader, DeedKind.Abort)]),
        Exchange("an abort ends two exchanges", [.. Requested, At(3.5, Other, DeedKind.Request, 0, 1), At(6, Uploader, DeedKind.Abort)]),
        Exchange(
            "all is said twice",
            [
                .. Requested,
                At(4, Uploader, DeedKind.Deposit),
                At(4.5, Uploader, DeedKind.DepositAnew),
                At(5, Downloader, DeedKind.Receipt, 0, 0),
                At(9, Downloader, DeedKind.Receipt, 0, 0),
                At(10, Downloader, DeedKind.Decline, 0, 0),
                At(11, Uploader, DeedKind.Abort),
            ]
        ),
        Exchange("an abort is said twice", [.. Requested, At(5, Uploader, DeedKind.Abort), At(9, Uploader, DeedKind.Abort)]),
        Exchange(
            "announcements are counted anew",
            [At(0, Uploader, DeedKind.Announce), At(1, Uploader, DeedKind.FillUploads), At(2, Uploader, DeedKind.Announce, 1)]
        ),
        Exchange("a key comes and another goes", [At(0, Other, DeedKind.RegisterKey), At(3, Other, DeedKind.RetireKey)]),
    ];

    private static Story Exchange(string name, IEnumerable<Deed> deeds, int deadline = 300) =>
        Tell(name, HistoryKind.Exchange, deadline, [.. deeds, At(End, Uploader, DeedKind.Wait)]);
}
