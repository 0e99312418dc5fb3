using System.Globalization;
using FairShare.Log.Checkpoints;

namespace FairShare.Log.Witnesses;

/// <summary>What a witness answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">The answer's type.</param>
/// <param name="Body">The answer: signature lines, or why not.</param>
/// <param name="Cosigned">The checkpoint that was cosigned; null for a refusal.</param>
public sealed record WitnessAnswer(int Status, string MediaType, string Body, Checkpoint? Cosigned)
{
    internal static WitnessAnswer Refuse(int status, string why) => new(status, "text/plain; charset=utf-8", why + "\n", null);

    /// <summary>Says which size was cosigned last.</summary>
    internal static WitnessAnswer Conflict(long size) =>
        new(409, "text/x.tlog.size", string.Create(CultureInfo.InvariantCulture, $"{size}\n"), null);
}
