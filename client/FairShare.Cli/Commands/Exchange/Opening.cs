using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>Opens the exchange of a <c>get</c>: one for all commands that want the document at once, unless another is asked for.</summary>
/// <param name="context">The command's.</param>
/// <param name="client">The party's client.</param>
/// <param name="last">The party's exchange of the document that ended last; null for none.</param>
internal sealed class Opening(CommandContext context, FairShareClient client, ExchangeId? last)
{
    /// <param name="document">The document.</param>
    /// <param name="note">Told of the exchange as soon as it is open.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<OpenedExchange> RunAsync(DocumentView document, Action<OpenedExchange> note, CancellationToken cancellationToken)
    {
        // What comes of it must be kept: an exchange that is open cannot be taken back.
        context.Profile.RequireRoomForEvidence();
        var (id, deadline) = (DocumentId.Parse(document.FileId), context.Arguments.GetValue(DeadlineOption.Deadline));
        var watch = new TransferWatch { Opened = note };
        try
        {
            return context.Arguments.GetValue(AgainOption.Again)
                ? await client.OpenAsync(id, deadline, watch, cancellationToken)
                : await client.OpenOnceAsync(id, last, deadline, watch, cancellationToken);
        }
        catch (FairShareProblem problem) when (problem.Code == CommonProblems.IdempotencyKeyReused.Code)
        {
            throw new CommandException(
                ExitCode.Usage,
                "deadline-stands",
                "Another command of yours has just opened an exchange of this document, with another deadline.",
                "Nothing was signed. Leave --deadline out to go on with it, or begin another with --again."
            );
        }
    }
}
