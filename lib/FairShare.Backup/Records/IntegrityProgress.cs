using System.Globalization;
using FairShare.Backup.Integrity;
using FairShare.Core.Digests;

namespace FairShare.Backup.Records;

/// <summary>
/// Where a peer stopped reading a body that it is to prove. Whoever gave the order keeps it and gives it back; the peer itself keeps
/// nothing, and believes nothing that it has not signed.
/// </summary>
/// <param name="Order">The hash of the order.</param>
/// <param name="Body">Which octets were read: a digest of where they lie and of what S3 calls them.</param>
/// <param name="Begun">When the first piece was read.</param>
/// <param name="Tally">What was found; whole leaves.</param>
public sealed record IntegrityProgress(Sha256Digest Order, Sha256Digest Body, DateTimeOffset Begun, BodyTally Tally)
{
    // Whoever reads less in a call would be asked for ever.
    private const int FewestLeaves = 16;

    /// <summary>Whether a peer that had read some leaves of a body goes on.</summary>
    /// <param name="read">The leaves that it had read before.</param>
    /// <param name="bodySize">The octets of the body.</param>
    public bool IsBeyond(long read, long bodySize) =>
        Tally.Found.Leaves >= read + FewestLeaves && Tally.Found.Leaves <= ShareTree.LeavesOf(bodySize);

    /// <summary>Writes the members of the record.</summary>
    public RecordMembers ToMembers(BackupId backup, DateTimeOffset gen) =>
        RecordMembers
            .Of(backup, gen)
            .With("order", Order)
            .With("body", Body)
            .With("begun", Begun)
            .With("leaves", Tally.Found.Leaves)
            .With("found", Tally.Found.ToBytes())
            .With("hashes", Tally.Beside.Leaves)
            .With("beside", Tally.Beside.ToBytes())
            .With("wrong", Tally.Wrong.Select(leaf => leaf.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads a record.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static IntegrityProgress Read(BackupRecord record)
    {
        var members = record.Members;
        return new IntegrityProgress(
            members.Digest("order"),
            members.Digest("body"),
            members.Time("begun"),
            new BodyTally(
                ReadFrontier(members, "leaves", "found"),
                ReadFrontier(members, "hashes", "beside"),
                members.Texts("wrong").Select(ReadLeaf)
            )
        );
    }

    private static TreeFrontier ReadFrontier(RecordMembers members, string leaves, string nodes) =>
        TreeFrontier.TryRead(members.Octets(nodes), members.Number(leaves)) ?? throw RecordMembers.Invalid(nodes);

    private static int ReadLeaf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var leaf) ? leaf : throw RecordMembers.Invalid("wrong");
}
