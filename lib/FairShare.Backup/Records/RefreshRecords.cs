using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Encoding;

namespace FairShare.Backup.Records;

/// <summary>What peers say in a refresh, as signed records; the context of each is its backup and the epoch that ends.</summary>
public static class RefreshRecords
{
    /// <summary>The members of a key; whose it is, its signature says.</summary>
    public static RecordMembers WriteKey(ReadOnlyMemory<byte> key, BackupId backup, uint epoch, DateTimeOffset gen) =>
        RecordMembers.Of(backup, gen).With("epoch", epoch).With("key", key.Span);

    /// <summary>The members of a deal.</summary>
    public static RecordMembers Write(RefreshDeal deal, BackupId backup, uint epoch, DateTimeOffset gen) =>
        RecordMembers
            .Of(backup, gen)
            .With("epoch", epoch)
            .With("dealer", deal.Dealer)
            .With("keys", deal.Keys)
            .With("commitments", deal.Commitments.Span)
            .With("updates", deal.SealedUpdates.Select(update => Base64UrlText.Encode(update.Span)));

    /// <summary>The members of an accusation.</summary>
    public static RecordMembers Write(Accusation accusation, BackupId backup, uint epoch, DateTimeOffset gen) =>
        RecordMembers
            .Of(backup, gen)
            .With("epoch", epoch)
            .With("accuser", accusation.Accuser)
            .With("dealer", accusation.Dealer)
            .With("deal", accusation.Deal);

    /// <summary>The members of an opening.</summary>
    public static RecordMembers Write(DealOpening opening, BackupId backup, uint epoch, DateTimeOffset gen) =>
        RecordMembers
            .Of(backup, gen)
            .With("epoch", epoch)
            .With("dealer", opening.Dealer)
            .With("deal", opening.Deal)
            .With("accuser", opening.Update.Index)
            .With("value", opening.Update.Value.ToBytes())
            .With("blinding", opening.Update.Blinding.ToBytes());

    /// <summary>The members of what a peer says once it has prepared.</summary>
    public static RecordMembers Write(RefreshPrepared prepared, BackupId backup, uint epoch, DateTimeOffset gen) =>
        RecordMembers.Of(backup, gen).With("epoch", epoch).With("peer", prepared.Peer).With("transcript", prepared.Transcript);

    /// <summary>Reads the key of a peer.</summary>
    /// <exception cref="Core.Errors.TokenException">It is no compressed point of P-256.</exception>
    public static EphemeralKey ReadKey(BackupRecord record, int peer) =>
        record.Members.Octets("key") is var point && CurvePoint.TryRead(point) is not null
            ? new EphemeralKey(peer, point)
            : throw RecordMembers.Invalid("key");

    /// <summary>Reads a deal.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static RefreshDeal ReadDeal(BackupRecord record) =>
        new(
            record.Members.Count("dealer"),
            record.Members.Digest("keys"),
            record.Members.Octets("commitments"),
            [
                .. record
                    .Members.Texts("updates")
                    .Select(text =>
                        (ReadOnlyMemory<byte>)(
                            Base64UrlText.TryDecode(text, out var octets) ? octets : throw RecordMembers.Invalid("updates")
                        )
                    ),
            ]
        );

    /// <summary>Reads an accusation.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static Accusation ReadAccusation(BackupRecord record) =>
        new(record.Members.Count("accuser"), record.Members.Count("dealer"), record.Members.Digest("deal"));

    /// <summary>Reads an opening.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static DealOpening ReadOpening(BackupRecord record) =>
        new(
            record.Members.Count("dealer"),
            record.Members.Digest("deal"),
            new SecretShare(record.Members.Count("accuser"), ReadScalar(record, "value"), ReadScalar(record, "blinding"))
        );

    /// <summary>Reads what a peer says once it has prepared.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static RefreshPrepared ReadPrepared(BackupRecord record) =>
        new(record.Members.Count("peer"), record.Members.Digest("transcript"));

    private static Scalar ReadScalar(BackupRecord record, string name) =>
        Scalar.TryRead(record.Members.Octets(name)) ?? throw RecordMembers.Invalid(name);
}
