using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Backup.Orders;

/// <summary>What a peer expects of an order before it asks who may give it.</summary>
/// <param name="Peer">The peer's seal.</param>
/// <param name="Backup">The backup that the call is about.</param>
/// <param name="Action">The call.</param>
/// <param name="Longest">How long such an order may be good for.</param>
public sealed record OrderCheck(KeyId Peer, BackupId Backup, string Action, TimeSpan Longest)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Reads an order and requires that it is one that this peer may follow now.</summary>
    /// <param name="text">The order's record.</param>
    /// <param name="key">The key that it must be signed with; that of the caller, as the caller says.</param>
    /// <param name="content">What is said besides.</param>
    /// <param name="now">The peer's time.</param>
    /// <exception cref="TokenException">The record is malformed, or the key did not sign it.</exception>
    /// <exception cref="OrderException">Why it is not followed.</exception>
    public (BackupOrder Order, Sha256Digest Hash) Require(string text, PublicKey key, string content, DateTimeOffset now)
    {
        var record = BackupRecord.Verify(text, RecordKind.BackupOrder, key);
        var order = BackupOrder.Read(record);
        Require(order.Peer == Peer, "order-for-another-peer", "The order is for another peer.");
        Require(order.Backup == Backup, "order-for-another-backup", "The order is for another backup.");
        Require(order.Action == Action, "order-for-another-action", "The order is for another action.");
        Require(order.Content == BackupOrder.DigestOf(content), "order-content-differs", "The content is not the one that was ordered.");
        Require(order.Gen - now <= Skew, "order-too-early", "The order was given in the future; compare the clocks.");
        Require(order.Due > now, "order-expired", "The order is no longer good; compare the clocks.");
        Require(order.Due - order.Gen <= Longest, "order-too-long", "The order is good for longer than such an order may be.");
        return (order, record.Hash);
    }

    private static void Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            throw new OrderException(code, message);
        }
    }
}
