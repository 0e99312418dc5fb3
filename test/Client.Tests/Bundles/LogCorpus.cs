using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Bundles;
using FairShare.Core.Digests;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Bundles with what shows that their tokens stand in a log, in which something is wrong.</summary>
internal sealed class LogCorpus : IDisposable
{
    private const string Origin = "urn:fairshare:tds:corpus";
    private readonly BundleScene scene;
    private readonly ECDsa stamping = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly NoteSigner log = new(Origin, NoteKeyKind.Ed25519, [.. Enumerable.Repeat((byte)1, 32)]);
    private readonly NoteSigner other = new(Origin, NoteKeyKind.Ed25519, [.. Enumerable.Repeat((byte)2, 32)]);
    private readonly NoteSigner stranger = new("example.org/log", NoteKeyKind.Ed25519, [.. Enumerable.Repeat((byte)3, 32)]);
    private readonly NoteSigner witness = new("example.org/witness", NoteKeyKind.Cosignature, [.. Enumerable.Repeat((byte)4, 32)]);
    private readonly TreeNodes nodes = new();

    public LogCorpus(BundleScene scene)
    {
        this.scene = scene;
        LogLeaf[] leaves =
        [
            .. Enumerable
                .Range(0, 300)
                .Select(number => new LogLeaf("DepositReceipt", Sha256Digest.Of([(byte)number, (byte)(number >> 8)]))),
            .. scene.Completed.Values.Select(LogLeaf.OfToken),
            new LogLeaf("Refusal", Sha256Digest.Of([7])),
        ];
        foreach (var leaf in leaves)
        {
            nodes.Add(leaf.Hash());
        }
    }

    public string LogKey => log.Key.ToString();

    public string WitnessKey => witness.Key.ToString();

    public string StampKey => PublicStampKey.Thumbprint.ToString();

    private Core.Keys.PublicKey PublicStampKey => Core.Keys.PublicKey.Of(stamping);

    public void Dispose() => stamping.Dispose();

    public async Task<IReadOnlyList<BundleCase>> CasesAsync()
    {
        var whole = await MakeAsync(log);
        List<BundleCase> cases =
        [
            Case("whole", null, whole),
            Case("lines of unknown keys", null, await MakeAsync(log, note => note.With(stranger.Sign(note.Text, BundleScene.Start)))),
            Case("no key", "log.checkpoint: invalid-note-key", whole with { Key = "" }),
            Case("key of another form", "log.checkpoint: invalid-note-key", whole with { Key = whole.Key.ToUpperInvariant() }),
            Case("other key", "log.checkpoint: unsigned-note", whole with { Key = other.Key.ToString() }),
            Case(
                "other log",
                "log.checkpoint: wrong-origin",
                whole with
                {
                    Checkpoint = Signed(
                            whole.Checkpoint.Replace(Origin, "example.org/log", StringComparison.Ordinal).Split("\n\n")[0] + "\n"
                        )
                        .ToString(),
                }
            ),
            Case("other log's key", "log.key:", await MakeAsync(other)),
            Case("no checkpoint", "log.checkpoint: invalid-note", whole with { Checkpoint = "" }),
            Case("checkpoint changed", "log.checkpoint: bad-note-signature", whole with { Checkpoint = Raised(whole.Checkpoint) }),
            Case("checkpoint cut", "log.checkpoint: invalid-note", whole with { Checkpoint = whole.Checkpoint.TrimEnd() }),
            Case("no checkpoint at all", "log.checkpoint: invalid-checkpoint", whole with { Checkpoint = Signed("hello\n").ToString() }),
            Case(
                "size with zeros",
                "log.checkpoint: invalid-checkpoint",
                whole with
                {
                    Checkpoint = Signed($"{Origin}\n007\n{Sha256Digest.Of([]).ToBase64()}\n").ToString(),
                }
            ),
            Case("no witness", "log.witness: unsigned-note", whole with { Checkpoint = OnlyLog(whole.Checkpoint) }),
            Case("no proof", "nrr.logged: invalid-proof", Without(whole, "nrr")),
            Case("proof of another", "nrr.logged: not-included", With(whole, "nrr", whole.Proofs["nro"])),
            Case("proof cut", "nrr.logged: invalid-note", With(whole, "nrr", whole.Proofs["nrr"][..^5])),
            Case("proof without its last hash", "nrr.logged: not-included", With(whole, "nrr", WithoutHash(whole.Proofs["nrr"]))),
            Case(
                "other index",
                "nrr.logged: not-included",
                With(whole, "nrr", whole.Proofs["nrr"].Replace("index 302", "index 303", StringComparison.Ordinal))
            ),
            Case(
                "index beyond the log",
                "nrr.logged: not-included",
                With(whole, "nrr", whole.Proofs["nrr"].Replace("index 302", "index 999", StringComparison.Ordinal))
            ),
            Case(
                "other checkpoint",
                "nrr.logged: another checkpoint",
                With(whole, "nrr", await ProofAsync(LogLeaf.OfToken(scene.Receipt.Text), 302, 303, note => note))
            ),
            Case("nobody's stamp", "stamp.form:", whole with { Stamp = [1, 2, 3] }),
            Case("refused stamp", "stamp.form:", whole with { Stamp = TimestampAuthority.Refuse(PkiFailure.SystemFailure, "no") }),
            Case("stamp of something else", "stamp.imprint:", whole with { Stamp = await StampAsync("x", BundleScene.Start.AddHours(1)) }),
            Case("early stamp", "stamp.time:", await MakeAsync(log, stampedAt: BundleScene.Start.AddMinutes(-10))),
            Case("without a stamp", null, whole with { Stamp = null }),
        ];
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        cases.Add(
            Case(
                "other authority",
                "stamp.key:",
                whole with
                {
                    Stamp = await StampAsync(OnlyLog(whole.Checkpoint), BundleScene.Start.AddHours(1), another),
                }
            )
        );
        for (var at = 0; at < whole.Stamp!.Length; at += 5)
        {
            byte[] changed = [.. whole.Stamp];
            changed[at] ^= (byte)(1 << (at % 8));
            cases.Add(Case($"stamp, octet {at}", "", whole with { Stamp = changed }));
        }

        return cases;
    }

    /// <summary>Bundles without a log, with a stamp that Bob attached to his receipt.</summary>
    public async Task<IReadOnlyList<BundleCase>> AttachedCasesAsync() =>
        [
            Attached("attached stamp", null, await StampAsync(scene.Receipt.Text, BundleScene.Start.AddMinutes(2))),
            Attached("attached stamp of something else", "nrr.stamp: a stamp of", await StampAsync("x", BundleScene.Start)),
            Attached("attached stamp that is none", "nrr.stamp: not a stamp", [1, 2, 3]),
        ];

    private BundleCase Attached(string name, string? fault, byte[] stamp)
    {
        var files = scene.Files(scene.Completed);
        files.Add(BundlePaths.TokenStamp("nrr"), stamp);
        return new(name, fault, scene.Pack(files));
    }

    private async Task<LogEvidence> MakeAsync(
        NoteSigner signer,
        Func<SignedNote, SignedNote>? change = null,
        DateTimeOffset? stampedAt = null
    )
    {
        var note = await NoteAsync(signer, 305);
        var changed = (change ?? (same => same))(note.With(witness.Sign(note.Text, BundleScene.Start.AddMinutes(4))));
        var proofs = new Dictionary<string, string>();
        foreach (var (name, text) in scene.Completed)
        {
            proofs.Add(name, await ProofAsync(LogLeaf.OfToken(text), 300 + proofs.Count, 305, _ => changed));
        }

        var stamp = await StampAsync(note.ToString(), stampedAt ?? BundleScene.Start.AddHours(1));
        return new LogEvidence(signer.Key.ToString(), changed.ToString(), proofs, stamp);
    }

    private async Task<SignedNote> NoteAsync(NoteSigner signer, long size)
    {
        var root = await new MerkleTree(nodes, size).RootAsync();
        return Signed(new Checkpoint(signer.Key.Name, size, root).ToText(), signer);
    }

    private SignedNote Signed(string text, NoteSigner? signer = null) => new(text, [(signer ?? log).Sign(text, BundleScene.Start)]);

    private async Task<string> ProofAsync(LogLeaf leaf, long index, long size, Func<SignedNote, SignedNote> change)
    {
        Assert.Equal(leaf.Hash(), await nodes.ReadAsync(new TreeNode(0, index), CancellationToken.None));
        var proof = await new MerkleTree(nodes, size).ProveInclusionAsync(index);
        return new LogProof(index, proof.Hashes, change(await NoteAsync(log, size))).ToString();
    }

    private async Task<byte[]> StampAsync(string note, DateTimeOffset at, ECDsa? key = null)
    {
        var signing = key ?? stamping;
        Task<byte[]> SignAsync(ReadOnlyMemory<byte> octets) =>
            Task.FromResult(signing.SignData(octets.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        byte[] serial = [9, .. new byte[15]];
        var certificate = await CertificateWriter.IssueAsync(
            "stamps",
            Core.Keys.PublicKey.Of(signing),
            serial,
            BundleScene.Start,
            BundleScene.Start.AddYears(30),
            SignAsync
        );
        var request = new TimestampRequest(Sha256Digest.Of(Encoding.UTF8.GetBytes(note)), null, WantsCertificate: true);
        return await new TimestampAuthority(certificate, SignAsync).AnswerAsync(request, at, serial);
    }

    private string OnlyLog(string checkpoint)
    {
        var note = SignedNote.Parse(checkpoint);
        return new SignedNote(note.Text, [.. note.Signatures.Where(line => line.KeyId == log.Key.Id)]).ToString();
    }

    private static string Raised(string checkpoint) => checkpoint.Replace("\n305\n", "\n306\n", StringComparison.Ordinal);

    // The last hash is the line before the empty one.
    private static string WithoutHash(string proof)
    {
        var end = proof.IndexOf("\n\n", StringComparison.Ordinal);
        return proof[..proof.LastIndexOf('\n', end - 1)] + proof[end..];
    }

    private static LogEvidence With(LogEvidence evidence, string name, string proof) =>
        evidence with
        {
            Proofs = new Dictionary<string, string>(evidence.Proofs) { [name] = proof },
        };

    private static LogEvidence Without(LogEvidence evidence, string name) =>
        evidence with
        {
            Proofs = evidence.Proofs.Where(proof => proof.Key != name).ToDictionary(),
        };

    private BundleCase Case(string name, string? fault, LogEvidence evidence)
    {
        var files = scene.Files(scene.Completed);
        EvidenceBundle.AddLog(evidence, files);
        return new(name, fault, scene.Pack(files));
    }
}
