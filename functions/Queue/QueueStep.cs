using FairShare.Aws.Events;
using FairShare.Functions.Exchange;

namespace FairShare.Functions.Queue;

/// <summary>
/// A step of the envelope: whose function runs it, and how it is answered. The steps' functions are those behind the API.
/// </summary>
/// <param name="Step">The envelope's <c>protocolStep</c>.</param>
/// <param name="Handler">The handler whose function is invoked.</param>
/// <param name="Queue">The queue that the answer goes to.</param>
/// <param name="Subject">The member of the message that is a parameter of the API's path; null for none.</param>
/// <param name="Parameter">The name of that parameter.</param>
/// <param name="Reply">The step of the answer; null where the workflow answers.</param>
internal sealed record QueueStep(string Step, string Handler, PartyQueue Queue, string? Subject, string? Parameter, string? Reply)
{
    /// <summary>The binding of a sender, which the queue's own handler does.</summary>
    public const string Bind = "bind";

    /// <summary>The step after which a refusal is not <c>e</c> but the seed's own: <c>v</c> with <c>verified</c> false.</summary>
    public const string Verified = "v";

    /// <summary>Every step that the queue takes.</summary>
    public static IReadOnlyList<QueueStep> All { get; } =
    [
        new("1", nameof(RequestUpload), PartyQueue.Uploaders, null, null, "2"),
        new("3", nameof(SubmitOrigin), PartyQueue.Uploaders, "fileId", "documentId", Verified),
        new("4", nameof(RequestDownload), PartyQueue.Downloaders, "fileId", "documentId", "5"),
        new("6", nameof(SubmitReceipt), PartyQueue.Downloaders, "exchangeId", "exchangeId", null),
        new("a", nameof(AbortDocument), PartyQueue.Uploaders, "fileId", "documentId", "a"),
    ];

    public static QueueStep? Find(string step) => All.FirstOrDefault(entry => entry.Step == step);
}
