using FairShare.Client.Transfers;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Exchange;

/// <summary>Who is told how it goes.</summary>
/// <param name="Progress">Told of bytes; called on any thread.</param>
/// <param name="Steps">Told of the protocol's messages.</param>
public sealed record TransferWatch(Action<TransferProgress>? Progress = null, Action<StepReport>? Steps = null)
{
    /// <summary>Told of a document as soon as the service has taken its announcement, before it is uploaded.</summary>
    public Action<DocumentId>? Announced { get; init; }

    /// <summary>Told of an exchange as soon as the service has opened it, before anything of it is kept.</summary>
    public Action<OpenedExchange>? Opened { get; init; }
}
