using System.Text;
using FairShare.Client.Files;
using FairShare.Core.Digests;
using FairShare.Log.Checkpoints;
using FairShare.Log.Witnesses;

namespace FairShare.Client.Log;

/// <summary>What a witness cosigned last of each log: a file a log, written whole before anything is answered.</summary>
/// <param name="folder">Where the files are; made where it is missing.</param>
public sealed class WitnessStore(string folder)
{
    private readonly Lock gate = new();

    /// <summary>Decides a request, and keeps what was cosigned; requests are decided one after another.</summary>
    /// <exception cref="FolderProblem">It cannot be kept; then nothing was cosigned.</exception>
    public WitnessAnswer Decide(Witness witness, string body, DateTimeOffset now)
    {
        lock (gate)
        {
            var answer = witness.Decide(body, Last, now);
            if (answer.Cosigned is { } checkpoint)
            {
                PrivateFile.Write(PathOf(checkpoint.Origin), Encoding.UTF8.GetBytes(checkpoint.ToText()));
            }

            return answer;
        }
    }

    /// <summary>The checkpoint of a log that was cosigned last.</summary>
    public Checkpoint? Last(string origin) =>
        PathOf(origin) is var path && File.Exists(path) ? Checkpoint.Parse(File.ReadAllText(path)) : null;

    private string PathOf(string origin) =>
        Path.GetFullPath(Path.Combine(folder, Sha256Digest.Of(Encoding.UTF8.GetBytes(origin)) + ".checkpoint"));
}
