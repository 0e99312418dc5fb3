using FairShare.Client.Evidence;
using FairShare.Client.Profiles;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>An exchange of this profile, with the challenge in hand.</summary>
/// <param name="Challenge">The store's challenge, verified when it came.</param>
/// <param name="Folder">Where its evidence is kept.</param>
public sealed record OpenedExchange(EvidenceToken Challenge, EvidenceFolder Folder)
{
    /// <summary>The exchange's id.</summary>
    public ExchangeId Id => Challenge.Statement.Exchange!.Value;

    /// <summary>The document that is offered.</summary>
    public DocumentDescription Document => Challenge.Statement.Document;

    /// <summary>The deadline.</summary>
    public DateTimeOffset Due => Challenge.Statement.Due!.Value;

    /// <exception cref="DamagedEvidenceProblem">A file in it is not evidence of the exchange.</exception>
    internal static EvidenceFolder FolderOf(Profile profile, ExchangeId exchange)
    {
        var folder = new EvidenceFolder(Path.Combine(profile.ExchangesFolder, exchange.ToString()));
        folder.RequireOf(exchange);
        return folder;
    }

    internal static OpenedExchange Load(EvidenceFolder folder) => new(EvidenceToken.Parse(folder.Read().Challenge), folder);
}

/// <summary>An exchange that was opened earlier.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="State">Where the service says that it stands.</param>
public sealed record StandingExchange(OpenedExchange Exchange, ExchangeState State)
{
    /// <summary>Whether it still needs a receipt: none was given, none is signed and goes out again, and it has not ended.</summary>
    public bool NeedsReceipt => State == ExchangeState.AwaitingReceipt && Exchange.Folder.Read().Receipt is null;
}

/// <summary>The party has given a receipt for the document: another was not signed.</summary>
/// <param name="standing">The exchange in which it was given.</param>
public sealed class ReceiptStandsProblem(StandingExchange standing)
    : Exception($"The receipt for this document was given in the exchange {standing?.Exchange.Id}.")
{
    /// <summary>The exchange in which it was given.</summary>
    public StandingExchange Standing { get; } = standing!;
}

/// <summary>A received document.</summary>
/// <param name="Path">The file.</param>
/// <param name="Evidence">Its evidence, verified.</param>
public sealed record ReceivedDocument(string Path, VerifiedEvidence Evidence);

/// <summary>Evidence that was verified as a whole.</summary>
/// <param name="Bundle">The tokens.</param>
/// <param name="Evidence">What was checked; it holds.</param>
/// <param name="Folder">Where it is kept.</param>
/// <param name="KeyIds">The keys that signed it.</param>
public sealed record VerifiedEvidence(ExchangeTokens Bundle, ExchangeEvidence Evidence, EvidenceFolder Folder, IReadOnlyList<KeyId> KeyIds)
{
    /// <summary>The stamps that the parties attached; null for none.</summary>
    public EvidenceStamps? Stamps { get; init; }

    /// <summary>What the store stated of its own keys, where one followed another; none by default.</summary>
    public IReadOnlyList<string> Successions { get; init; } = [];
}
