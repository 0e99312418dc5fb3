using System.Globalization;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Notes;

namespace FairShare.Log.Witnesses;

/// <summary>What a log sends to a witness: <c>add-checkpoint</c> (C2SP tlog-witness).</summary>
/// <param name="OldSize">The size of the checkpoint that the witness cosigned last; 0 for none.</param>
/// <param name="Hashes">The consistency proof from there.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<Sha256Digest> Hashes, SignedNote Note)
{
    private const string OldPrefix = "old ";
    private const int HashLimit = 63;

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="ProtocolException"><c>invalid-request</c>: of another form; <c>invalid-note</c>: what follows is no
    /// note.</exception>
    public static AddCheckpointRequest Parse(string body)
    {
        var end = body.IndexOf("\n\n", StringComparison.Ordinal);
        if (
            end < 0
            || body[..end].Split('\n') is not [var first, .. var hashes]
            || hashes.Length > HashLimit
            || !first.StartsWith(OldPrefix, StringComparison.Ordinal)
            || !long.TryParse(first[OldPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var oldSize)
        )
        {
            throw Refuse();
        }

        var request = new AddCheckpointRequest(oldSize, [.. hashes.Select(Hash)], SignedNote.Parse(body[(end + 2)..]));
        return request.ToString() == body ? request : throw Refuse();
    }

    /// <summary>The request's body.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OldPrefix}{OldSize}\n")
        + string.Concat(Hashes.Select(hash => hash.ToBase64() + "\n"))
        + "\n"
        + Note;

    private static Sha256Digest Hash(string line)
    {
        var octets = new byte[Sha256Digest.ByteLength];
        return Convert.TryFromBase64String(line, octets, out var length) && length == octets.Length
            ? Sha256Digest.FromBytes(octets)
            : throw Refuse();
    }

    private static ProtocolException Refuse() =>
        new("invalid-request", "A request is the line of the old size, hashes in base64, an empty line, and a checkpoint.");
}
