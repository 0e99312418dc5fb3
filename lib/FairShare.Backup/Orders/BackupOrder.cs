using System.Text;
using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Orders;

/// <summary>What an owner tells one peer to do with one backup: the peer acts on nothing else.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Action">What, as the call's path names it.</param>
/// <param name="Peer">The seal of the peer that is told.</param>
/// <param name="Nonce">Good once, but for orders that may stand.</param>
/// <param name="Gen">When it was given.</param>
/// <param name="Due">When it is worth nothing any more.</param>
/// <param name="Content">The digest of what is said besides.</param>
public sealed record BackupOrder(
    BackupId Backup,
    string Action,
    KeyId Peer,
    Nonce Nonce,
    DateTimeOffset Gen,
    DateTimeOffset Due,
    Sha256Digest Content
)
{
    /// <summary>How long an order is good for.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    /// <summary>The digest of a content.</summary>
    public static Sha256Digest DigestOf(string content) => Sha256Digest.Of(Encoding.UTF8.GetBytes(content));

    /// <summary>The members of the record.</summary>
    public RecordMembers ToMembers() =>
        RecordMembers
            .Of(Backup, Gen)
            .With("action", Action)
            .With("peer", Peer.ToString())
            .With("nonce", Nonce.ToString())
            .With("due", Due)
            .With("content", Content);

    /// <summary>Reads an order.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static BackupOrder Read(BackupRecord record)
    {
        var members = record.Members;
        return new BackupOrder(
            members.Backup,
            members.Text("action"),
            members.Read("peer", KeyId.Parse),
            members.Read("nonce", Nonce.Parse),
            members.Gen,
            members.Time("due"),
            members.Digest("content")
        );
    }
}
