using System.Globalization;
using System.Text;
using FairShare.Client.Trust;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Timestamps.Tokens;

namespace FairShare.Client.Bundles;

/// <summary>Verifies what a bundle carries of the log: key, checkpoint, a proof for each token, cosignatures, and the stamp.</summary>
/// <param name="anchors">Whose keys are believed.</param>
/// <param name="history">The store's keys one after the other.</param>
internal sealed class LogChecks(IReadOnlyList<StoreAnchor> anchors, KeyHistory history)
{
    private const string Unvouched = ", if its key is whose it should be: nobody vouches for it.";

    private readonly List<EvidenceCheck> checks = [];
    private readonly List<string> beliefs = [];

    /// <summary>Everything that was checked.</summary>
    public IReadOnlyList<EvidenceCheck> All => checks;

    /// <summary>What is believed by which anchor, a line each.</summary>
    public IReadOnlyList<string> Beliefs => beliefs;

    /// <summary>Notes that the bundle has nothing of the log, which is wrong where an anchor of it was given by hand.</summary>
    public void NoteMissing()
    {
        var asked = anchors.Where(anchor => anchor.Store is null).Any(anchor => AllOf(anchor).Any());
        if (asked)
        {
            Note("log.checkpoint", "the bundle has nothing of the log", "");
        }

        beliefs.Add("Nothing is said of the log: the bundle has no proofs.");
    }

    private static IEnumerable<string> AllOf(StoreAnchor anchor) => anchor.LogKeys.Concat(anchor.WitnessKeys).Concat(anchor.StampKeys);

    /// <summary>Verifies everything.</summary>
    /// <param name="log">What the bundle carries.</param>
    /// <param name="tokens">The tokens by their names.</param>
    public void Run(LogEvidence log, IReadOnlyDictionary<string, string> tokens)
    {
        if (ReadCheckpoint(log) is not var (key, note, checkpoint))
        {
            return;
        }

        var leaves = string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size} leaves");
        Believe("log", "key", anchor => anchor.LogKeys, log.Key, LeadsToLog, $"The log {checkpoint.Origin}, of {leaves}, has every token");
        foreach (var (name, text) in tokens)
        {
            CheckProof(name, text, log, note);
        }

        CheckWitnesses(note);
        if (log.Stamp is not null)
        {
            CheckStamp(log.Stamp, new SignedNote(note.Text, [.. note.Signatures.Where(line => IsOf(key, line))]), tokens);
        }
    }

    private (NoteKey Key, SignedNote Note, Checkpoint Checkpoint)? ReadCheckpoint(LogEvidence log)
    {
        try
        {
            var (key, note) = (NoteKey.Parse(log.Key), SignedNote.Parse(log.Checkpoint));
            var checkpoint = Checkpoint.Open(note, key);
            Note("log.checkpoint", null, $"signed by {key}");
            return (key, note, checkpoint);
        }
        catch (ProtocolException fault)
        {
            Note("log.checkpoint", fault.Code, "");
            return null;
        }
    }

    private void CheckProof(string name, string token, LogEvidence log, SignedNote note)
    {
        string? fault = null;
        var index = 0L;
        try
        {
            var proof = LogProof.Parse(log.Proofs.GetValueOrDefault(name) ?? "");
            index = proof.Index;
            fault = proof.Note.Text == note.Text ? null : "another checkpoint than the bundle's";
            proof.Verify(LogLeaf.OfToken(token.Trim()), NoteKey.Parse(log.Key));
        }
        catch (ProtocolException problem)
        {
            fault ??= problem.Code;
        }

        Note($"{name}.logged", fault, string.Create(CultureInfo.InvariantCulture, $"leaf {index}"));
    }

    // Lines of unknown keys are ignored, as every reader of notes must.
    private void CheckWitnesses(SignedNote note)
    {
        foreach (var (key, source) in anchors.SelectMany(anchor => anchor.WitnessKeys.Select(text => (NoteKey.Parse(text), anchor.Source))))
        {
            string? fault = null;
            var time = "";
            try
            {
                time = note.Open(key)[key].CosignedAt() is { } at ? Timestamp.Format(at) : "";
                beliefs.Add($"The witness {key.Name} saw the same log at {time}, by a key {source}.");
            }
            catch (ProtocolException problem)
            {
                fault = problem.Code;
            }

            Note("log.witness", fault, $"{key.Name} at {time}");
        }
    }

    /// <summary>Verifies a stamp that a party attached, by whichever authority it chose.</summary>
    /// <param name="name">The token's name.</param>
    /// <param name="answer">The stamp.</param>
    /// <param name="token">The token.</param>
    public void CheckAttached(string name, byte[] answer, string token)
    {
        try
        {
            var stamp = TimestampToken.ParseAnswer(answer);
            var (key, time) = (stamp.Certificate.Key.Thumbprint.ToString(), Timestamp.Format(stamp.Time));
            var isOf = stamp.Imprint == Sha256Digest.Of(Encoding.Latin1.GetBytes(token.Trim()));
            Note($"{name}.stamp", isOf ? null : "a stamp of something else", $"{time}, by {key}");
            beliefs.Add($"A stamp says that {name} was there at {time}{By(Voucher(anchor => anchor.StampKeys, key, LeadsToStamps))}");
        }
        catch (ProtocolException)
        {
            Note($"{name}.stamp", "not a stamp whose signature verifies", "");
        }
    }

    private void CheckStamp(byte[] answer, SignedNote stamped, IReadOnlyDictionary<string, string> tokens)
    {
        try
        {
            var stamp = TimestampToken.ParseAnswer(answer);
            Note("stamp.form", null, "RFC 3161, signed by the certificate in it");
            var imprint = Sha256Digest.Of(Encoding.UTF8.GetBytes(stamped.ToString()));
            Note(
                "stamp.imprint",
                stamp.Imprint == imprint ? null : "a stamp of something else",
                "of the checkpoint with the log's signature"
            );
            var latest = tokens
                .Values.Select(text => EvidenceToken.TryParse(text.Trim(), out var token, out _) ? token.Statement.Gen : null)
                .Max();
            var isLater = latest is null || stamp.Time - latest >= -ExchangeEvidence.ClockSkew;
            var time = Timestamp.Format(stamp.Time);
            Note("stamp.time", isLater ? null : "earlier than a token that it covers", time);
            var key = stamp.Certificate.Key.Thumbprint.ToString();
            Believe("stamp", "key", anchor => anchor.StampKeys, key, LeadsToStamps, $"A stamp says that all of it was there at {time}");
        }
        catch (ProtocolException)
        {
            Note("stamp.form", "not a stamp whose signature verifies", "");
        }
    }

    // A key that an anchor names must be the one that is here; where none names one, nothing is believed by it, and that is said.
    private void Believe(
        string what,
        string part,
        Func<StoreAnchor, IReadOnlyList<string>> keysOf,
        string key,
        Func<string, string, bool> leads,
        string belief
    )
    {
        var named = anchors.Where(anchor => keysOf(anchor).Count > 0).ToList();
        var vouching = Voucher(keysOf, key, leads);
        if (named.Count > 0)
        {
            var sources = string.Join(", or ", named.Select(anchor => anchor.Source));
            Note($"{what}.{part}", vouching is null ? $"{key}, which is not the key {sources}" : null, $"{key}, {vouching}");
        }

        beliefs.Add(belief + By(vouching));
    }

    // The source of a key that is itself named, or to which the store's successions lead from one that is; null for nobody.
    private string? Voucher(Func<StoreAnchor, IReadOnlyList<string>> keysOf, string key, Func<string, string, bool> leads) =>
        anchors.FirstOrDefault(anchor => keysOf(anchor).Contains(key)) is { } direct ? direct.Source
        : history.IsEmpty ? null
        : anchors.FirstOrDefault(anchor => keysOf(anchor).Any(known => leads(known, key))) is { } indirect
            ? $"of one history with one {indirect.Source}"
        : null;

    private static string By(string? source) => source is null ? Unvouched : $", by a key {source}.";

    private bool LeadsToLog(string from, string to) =>
        history.Leads(StoreKeyUse.Log, NoteKey.Parse(from).Thumbprint, NoteKey.Parse(to).Thumbprint, Seals);

    private bool LeadsToStamps(string from, string to) => history.Leads(StoreKeyUse.Stamps, KeyId.Parse(from), KeyId.Parse(to), Seals);

    private IEnumerable<KeyId> Seals => anchors.SelectMany(anchor => anchor.Keys);

    private static bool IsOf(NoteKey key, NoteSignature line) => line.Name == key.Name && line.KeyId == key.Id;

    private void Note(string name, string? fault, string detail) => checks.Add(new EvidenceCheck(name, fault is null, fault ?? detail));
}
