using FairShare.Aws.Table;
using FairShare.Aws.Vault;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Metrics;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;
using FairShare.Vault.Tokens;

namespace FairShare.Functions.Vault;

/// <summary>
/// Opens an item: charges a guess, compares, and counts the open. Who has not the right auth is told the same of an item that never was as
/// of one that is erased.
/// </summary>
internal sealed class OpenVaultItem(FunctionServices services)
    : IRouteHandler<VaultItemId, VaultOpenRequest, VaultOpenAnswer>,
        ICountedOutcomes<VaultOpenAnswer>
{
    // Ten openers at once have charged all guesses between them, for a moment: who is right gives its own back.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    public string? MetricOf(VaultOpenAnswer answer) => OutcomeMetrics.VaultOpens;

    public string? MetricOf(ProtocolException refusal) => refusal.Code == VaultProblems.Locked.Code ? OutcomeMetrics.VaultLocks : null;

    public async Task<Answer<VaultOpenAnswer>> HandleAsync(ApiCall<VaultItemId, VaultOpenRequest> call, CancellationToken cancellationToken)
    {
        var ticket = VaultTicket.Parse(call.Request.Ticket);
        var auth = ReadAuth(call.Request.Auth);
        var (charged, found) = await services.Wait.UntilAsync(
            () => services.VaultOpens.ChargeGuessAsync(call.Subject, services.Now(), cancellationToken),
            outcome => outcome.Charged || !IsLockedForAMoment(outcome.Record),
            cancellationToken
        );
        var record = found ?? throw VaultAccess.NotFound();
        return charged && record.Item.Verifier.Matches(auth)
            ? await AnswerAsync(record, () => ChargeAsync(call, record, ticket, cancellationToken), cancellationToken)
            : throw Refuse(record, charged);
    }

    private static byte[] ReadAuth(string text) =>
        Base64UrlText.TryDecode(text, VaultVerifier.ByteLength, out var auth)
            ? auth
            : throw new ProtocolException("invalid-vault-auth", "The auth is 43 characters of base64url (256 bits); this is not one.");

    // Nobody waits for what is gone: that would take longer than for what never was, and so tell them apart.
    private bool IsLockedForAMoment(VaultRecord? record) =>
        record is not null
        && !record.Item.At(services.Now()).IsEnded
        && (record.Item.OpensLeft is null or > 0)
        && record.Item.LockedUntil > services.Now() + ItemLimits.GuessInterval - Moment;

    private ProblemException Refuse(VaultRecord record, bool charged)
    {
        var now = services.Now();
        var item = record.Item.At(now);
        return (item.Phase, charged) switch
        {
            (ItemPhase.Pending, _) => VaultProblems.NotStored.With("The item is not stored yet."),
            _ when item.IsEnded || item.OpensLeft <= 0 => VaultAccess.NotFound(),
            (_, true) => VaultProblems.WrongPassword.With("The password is wrong, or the code is another item's."),
            _ => new LimitExceededException(
                VaultProblems.Locked,
                $"Too many wrong guesses: the next one is compared at {Timestamp.Format(item.LockedUntil)}, "
                    + "or when the owner unlocks the item.",
                item.LockedUntil - now
            ),
        };
    }

    private async Task<VaultOpenAnswer> AnswerAsync(
        VaultRecord record,
        Func<Task<DateTimeOffset>> charge,
        CancellationToken cancellationToken
    )
    {
        var until = await charge();
        var body = record.IsInline
            ? await services.VaultOpens.FindBodyAsync(record.Id, cancellationToken) ?? throw await GoneAsync(record, cancellationToken)
            : null;
        var digest = record.Digest ?? throw new InvalidOperationException("A stored item has no digest.");
        return new(
            record.Size,
            new DigestView(digest.Method.Name(), digest.Value.ToString(), digest.PartSize),
            record.Item.Limits.ExpiresAt,
            until,
            record.Item.Limits.MaxOpens is { } most ? await OpensLeftAsync(record, most, cancellationToken) : null,
            body is null ? await services.VaultBucket.PresignDownloadAsync(record) : null,
            body is null ? null : Base64UrlText.Encode(body)
        );
    }

    /// <returns>Until when what is answered can be asked for again at no cost.</returns>
    private async Task<DateTimeOffset> ChargeAsync(
        ApiCall<VaultItemId, VaultOpenRequest> call,
        VaultRecord record,
        VaultTicket ticket,
        CancellationToken cancellationToken
    )
    {
        if (call.Header(VaultRoutes.OwnerHeader) is not { } owner)
        {
            return await ChargeOpenAsync(record, ticket, cancellationToken);
        }

        // The owner has the content anyway: reading it takes no open from anybody, and leaves no ticket.
        await services.VaultOpens.GiveBackAsync(record.Id, cancellationToken);
        return !record.IsOwnedBy(VaultOwner.Parse(owner)) ? throw VaultAccess.NotFound()
            : record.Item.At(services.Now()).IsEnded ? throw await GoneAsync(record, cancellationToken)
            : record.Item.Limits.ExpiresAt;
    }

    /// <returns>Until when the ticket is good.</returns>
    private async Task<DateTimeOffset> ChargeOpenAsync(VaultRecord record, VaultTicket ticket, CancellationToken cancellationToken)
    {
        var now = services.Now();
        var item = record.Item.At(now);
        try
        {
            // Where nothing is left, as far as is known, nobody is held up by a transaction that would fail.
            if (
                !item.IsEnded
                && (item.OpensLeft is null or > 0)
                && await services.VaultOpens.TryOpenAsync(record, ticket, now, cancellationToken) is { } opened
            )
            {
                return opened;
            }
        }
        catch (ContentionException)
        {
            await services.VaultOpens.GiveBackAsync(record.Id, cancellationToken);
            throw;
        }

        await services.VaultOpens.GiveBackAsync(record.Id, cancellationToken);
        return !item.IsEnded && await services.VaultOpens.FindTicketAsync(record.Id, ticket, now, cancellationToken) is { } known
            ? known
            : throw await GoneAsync(record, cancellationToken);
    }

    private async Task<int> OpensLeftAsync(VaultRecord record, int most, CancellationToken cancellationToken) =>
        most == 1 ? 0 : Math.Max(0, (await services.Vault.FindAsync(record.Id, cancellationToken))?.Item.OpensLeft ?? 0);

    private async Task<ProblemException> GoneAsync(VaultRecord record, CancellationToken cancellationToken)
    {
        var item = (await services.Vault.FindAsync(record.Id, cancellationToken) ?? record).Item.At(services.Now());
        return VaultProblems.ItemGone.With(
            item.Phase switch
            {
                ItemPhase.Done => "The item was opened as often as it may be, and its last recipient was done with it.",
                ItemPhase.Deleted => "The item's owner has erased it.",
                ItemPhase.Expired => "The item's time is over.",
                _ => "The item was opened as often as it may be.",
            }
        );
    }
}
