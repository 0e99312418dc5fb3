using FairShare.Backup.Integrity;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;

namespace FairShare.Functions.Peer;

/// <summary>The leaves that an order says.</summary>
internal static class PatchedLeaves
{
    /// <summary>Reads them, by their numbers.</summary>
    /// <param name="request">The order's content.</param>
    /// <param name="size">The octets of the body.</param>
    /// <exception cref="Contracts.Http.ProblemException"><c>share-body-differs</c>: they are none of such a body.</exception>
    public static Dictionary<int, byte[]> Read(PatchRequest request, long size)
    {
        var patch = new Dictionary<int, byte[]>();
        foreach (var leaf in request.Leaves)
        {
            var length = Math.Min(ShareTree.LeafSize, size - ((long)leaf.Number * ShareTree.LeafSize));
            if (
                leaf.Number < 0
                || leaf.Number >= ShareTree.LeavesOf(size)
                || !Base64UrlText.TryDecode(leaf.Octets, out var octets)
                || octets.Length != length
                || !patch.TryAdd(leaf.Number, octets)
            )
            {
                throw PeerProblems.WrongBody.With("A leaf is none of this body, has another length than it must have, or comes twice.");
            }
        }

        return patch.Count <= PatchRequest.MostLeaves
            ? patch
            : throw PeerProblems.WrongBody.With($"An order puts at most {PatchRequest.MostLeaves} leaves right.");
    }
}
