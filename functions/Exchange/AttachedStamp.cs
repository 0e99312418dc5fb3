using System.Text;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;
using FairShare.Functions.Hosting;
using FairShare.Timestamps.Tokens;

namespace FairShare.Functions.Exchange;

/// <summary>
/// The stamp that a party attached to its evidence (t_A and t_B of Coffey and Saidha), by whichever authority: it must be of that
/// evidence.
/// Whether the authority is to be believed is for whoever verifies.
/// </summary>
internal static class AttachedStamp
{
    private const int Limit = 16 * 1024;

    /// <summary>Reads a stamp, before anything is done with the evidence.</summary>
    /// <param name="attached">The authority's answer in base64; null for none.</param>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The answer; null for none.</returns>
    /// <exception cref="ProtocolException"><c>invalid-stamp</c>.</exception>
    public static byte[]? Read(string? attached, EvidenceToken evidence)
    {
        if (attached is null)
        {
            return null;
        }

        var answer = new byte[Limit];
        if (!Convert.TryFromBase64String(attached, answer, out var length))
        {
            throw Refuse("The stamp is not base64 of at most 16 KiB.");
        }

        Require(answer.AsMemory(0, length), evidence);
        return answer[..length];
    }

    /// <summary>Keeps a stamp, if there is one; a repeat keeps the first.</summary>
    public static Task KeepAsync(FunctionServices services, EvidenceToken evidence, byte[]? stamp, CancellationToken cancellationToken) =>
        stamp is null ? Task.CompletedTask : services.TokenStamps.KeepAsync(evidence.Hash, stamp, cancellationToken);

    private static void Require(ReadOnlyMemory<byte> answer, EvidenceToken evidence)
    {
        TimestampToken stamp;
        try
        {
            stamp = TimestampToken.ParseAnswer(answer);
        }
        catch (ProtocolException fault)
        {
            throw Refuse($"The stamp does not verify: {fault.Message}");
        }

        if (stamp.Imprint != Sha256Digest.Of(Encoding.ASCII.GetBytes(evidence.Text)))
        {
            throw Refuse("The stamp is not of this evidence: its imprint is the SHA-256 of the compact JWS.");
        }
    }

    private static ProblemException Refuse(string message) => ExchangeProblems.InvalidStamp.With(message);
}
