using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;

namespace FairShare.Log.Witnesses;

/// <summary>
/// A witness of logs: it cosigns a checkpoint only if that goes on from the one that it cosigned last, so that all who demand its
/// cosignature see one and the same log (C2SP tlog-witness).
/// </summary>
/// <param name="signer">Its key, of kind <see cref="NoteKeyKind.Cosignature"/>.</param>
/// <param name="logs">The keys of the logs that it knows, each named by the log's origin.</param>
public sealed class Witness(NoteSigner signer, IReadOnlyList<NoteKey> logs)
{
    /// <summary>The key by which its cosignatures are verified.</summary>
    public NoteKey Key => signer.Key;

    /// <summary>Decides a request.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="last">Gives the checkpoint of a log that was cosigned last; null for none.</param>
    /// <param name="now">The present, which the cosignature states.</param>
    /// <returns>The answer; of one with a checkpoint the caller keeps that, durably and against <paramref name="last"/> unchanged, before
    /// it
    /// answers.</returns>
    public WitnessAnswer Decide(string body, Func<string, Checkpoint?> last, DateTimeOffset now)
    {
        try
        {
            var request = AddCheckpointRequest.Parse(body);
            var checkpoint = Checkpoint.Parse(request.Note.Text);
            var keys = logs.Where(key => key.Name == checkpoint.Origin).ToList();
            if (keys.Count == 0)
            {
                return WitnessAnswer.Refuse(404, "This witness does not know the log.");
            }

            if (!IsSigned(request.Note, keys))
            {
                return WitnessAnswer.Refuse(403, "No known key of the log signed the checkpoint.");
            }

            return Decide(request, checkpoint, last(checkpoint.Origin), now);
        }
        catch (ProtocolException fault)
        {
            return WitnessAnswer.Refuse(400, fault.Message);
        }
    }

    private WitnessAnswer Decide(AddCheckpointRequest request, Checkpoint checkpoint, Checkpoint? last, DateTimeOffset now)
    {
        var (knownSize, knownRoot) = last is null ? (0, TreeHash.Empty) : (last.Size, last.Root);
        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.Refuse(400, "The old size is larger than the checkpoint's.");
        }

        if (request.OldSize != knownSize)
        {
            return WitnessAnswer.Conflict(knownSize);
        }

        var isSame = checkpoint.Size == knownSize;
        if (isSame && checkpoint.Root != knownRoot)
        {
            return WitnessAnswer.Conflict(knownSize);
        }

        return new ConsistencyProof(request.OldSize, checkpoint.Size, request.Hashes).Verify(knownRoot, checkpoint.Root)
            ? new WitnessAnswer(200, "text/plain; charset=utf-8", signer.Sign(request.Note.Text, now) + "\n", checkpoint)
            : WitnessAnswer.Refuse(422, "The proof does not lead from the last cosigned checkpoint to this one.");
    }

    private static bool IsSigned(SignedNote note, IReadOnlyList<NoteKey> keys)
    {
        try
        {
            return note.Open(keys).Count > 0;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
