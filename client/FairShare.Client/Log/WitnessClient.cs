using System.Globalization;
using System.Net;
using System.Text;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Notes;
using FairShare.Log.Witnesses;

namespace FairShare.Client.Log;

/// <summary>Has a witness cosign a log's checkpoints (C2SP tlog-witness). Whoever can read the log may ask, not its owner alone.</summary>
/// <param name="http">The connection; its base address is the witness's prefix with a trailing slash.</param>
/// <param name="key">The witness's key, known from elsewhere than the witness.</param>
public sealed class WitnessClient(HttpClient http, NoteKey key)
{
    /// <summary>Has a checkpoint cosigned, which takes a second request where the witness knows an older one.</summary>
    /// <param name="note">The signed checkpoint.</param>
    /// <param name="log">The log, for the consistency proof.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The cosignature, verified.</returns>
    /// <exception cref="ProtocolException"><c>witness-refused</c>: it does not cosign this, and says why; <c>witness-is-ahead</c>: it has
    /// cosigned a larger size already; <c>bad-note-signature</c>, <c>unsigned-note</c>: what it answered is not its
    /// cosignature.</exception>
    public async Task<NoteSignature> CosignAsync(SignedNote note, LogClient log, CancellationToken cancellationToken)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        var (status, body) = await SendAsync(new AddCheckpointRequest(0, [], note), cancellationToken).ConfigureAwait(false);
        if (
            status == HttpStatusCode.Conflict
            && long.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        )
        {
            if (size > checkpoint.Size)
            {
                throw new ProtocolException("witness-is-ahead", "The witness has cosigned a newer checkpoint of the log: take that one.");
            }

            var proof = await log.TreeOf(checkpoint.Size).ProveConsistencyAsync(size, cancellationToken).ConfigureAwait(false);
            var request = new AddCheckpointRequest(size, proof.Hashes, note);
            (status, body) = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (status != HttpStatusCode.OK)
        {
            throw new ProtocolException("witness-refused", $"The witness refused with status {(int)status}.")
            {
                Value = RefusedText.Of(body),
            };
        }

        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var cosigned = note.With(
            lines.Select(line => NoteSignature.TryParse(line, out var signature) ? signature : null).OfType<NoteSignature>()
        );
        return cosigned.Open(key)[key];
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString()));
        using var response = await http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), content, cancellationToken)
            .ConfigureAwait(false);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }
}
