using System.IO.Compression;
using System.Text;
using FairShare.Client.Evidence;
using FairShare.Client.Files;
using FairShare.Client.Transfers;
using FairShare.Client.Trust;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Parties;
using FairShare.Exchange.Evidence;
using FairShare.Log.Proofs;

namespace FairShare.Client.Bundles;

/// <summary>
/// The evidence of an exchange in one zip archive, as a party hands it to a lawyer or a court: tokens, keys, and a page for people, all
/// of them listed with their hashes in <c>bundle.json</c>. docs/bundle.md has the format.
/// </summary>
/// <param name="path">The archive.</param>
public sealed class EvidenceBundle(string path)
{
    // Deflating would leave every reader with the question how much comes out.
    private const CompressionLevel Stored = CompressionLevel.NoCompression;

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The archive.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Writes a bundle, in the place of what was there. The same evidence gives the same octets.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="keys">The keys with which they were signed.</param>
    /// <param name="log">What shows that they stand in the log; null where it does not yet have them.</param>
    /// <param name="stamps">The stamps that the parties attached; null for none.</param>
    /// <param name="successions">What the store stated of its own keys; null for nothing.</param>
    /// <exception cref="InvalidOperationException">The tokens are not those of an exchange.</exception>
    /// <exception cref="FolderProblem">It cannot be written.</exception>
    public void Write(
        ExchangeTokens tokens,
        IReadOnlyList<KeyView> keys,
        LogEvidence? log = null,
        EvidenceStamps? stamps = null,
        IReadOnlyList<string>? successions = null
    )
    {
        var texts = EvidenceSet.ByName(tokens);
        var statement = EvidenceToken.Parse(tokens.Challenge).Statement;
        var files = texts.ToDictionary(token => BundlePaths.Token(token.Key), token => Encoding.UTF8.GetBytes(token.Value + "\n"));
        files.Add(BundlePaths.Keys, BundledKeys.Write(keys));
        files.Add(BundlePaths.Page, CertificatePage.Write(new EvidenceSet(texts, keys).Verify([]), texts, keys));
        if (successions is { Count: > 0 })
        {
            files.Add(BundlePaths.Successions, Encoding.UTF8.GetBytes(string.Concat(successions.Select(record => record + "\n"))));
        }

        if (log is not null)
        {
            AddLog(log, files);
        }

        foreach (var (name, stamp) in new[] { ("nro", stamps?.Nro), ("nrr", stamps?.Nrr) })
        {
            if (stamp is not null)
            {
                files.Add(BundlePaths.TokenStamp(name), Convert.FromBase64String(stamp));
            }
        }

        PrivateFile.Write(Path, Pack(BundleList.Of($"{statement.Store}", $"{statement.Exchange}", files), files));
    }

    /// <summary>Verifies everything that is in the bundle, and the document when it is given.</summary>
    /// <param name="document">The document's file; null compares none.</param>
    /// <param name="anchors">Whose keys are believed, learnt from elsewhere than the bundle.</param>
    /// <param name="progress">Told of the hashing of the document.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FileNotFoundException">There is no such archive, or document.</exception>
    public async Task<FolderVerdict> VerifyAsync(
        string? document,
        IReadOnlyList<StoreAnchor> anchors,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var verdict = new BundleVerifier(anchors).Run(await ReadAsync(cancellationToken).ConfigureAwait(false));
        return verdict.Document is { } described && document is not null
            ? verdict with
            {
                Checks =
                [
                    .. verdict.Checks,
                    .. await DocumentChecks.RunAsync(described, document, progress, cancellationToken).ConfigureAwait(false),
                ],
            }
            : verdict;
    }

    /// <summary>What is in the bundle; nothing of it is verified but that it is one.</summary>
    /// <exception cref="FileNotFoundException">There is no such archive.</exception>
    /// <exception cref="InvalidDataException">It is not a bundle.</exception>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-proof</c>.</exception>
    public async Task<BundleContents> ReadContentsAsync(CancellationToken cancellationToken)
    {
        var content = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var checks = new BundleVerifier([]).Run(content).Checks;
        if (checks.FirstOrDefault(check => !check.Passed && check.Name.StartsWith("bundle.", StringComparison.Ordinal)) is { } failed)
        {
            throw new InvalidDataException($"{Path} is not a bundle of evidence: {failed.Name}: {failed.Detail}.");
        }

        var files = BundleArchive.Read(content);
        string? Token(string name) =>
            files.GetValueOrDefault(BundlePaths.Token(name)) is { } text ? Encoding.UTF8.GetString(text).Trim() : null;
        var tokens = new ExchangeTokens
        {
            Origin = Token("nro"),
            Challenge = Token("challenge") ?? "",
            Receipt = Token("nrr"),
            Release = Token("release"),
            Refusal = Token("refusal"),
            Record = Token("record"),
        };
        var proofs = EvidenceSet.Names.Select(name => files.GetValueOrDefault(BundlePaths.Proof(name))).OfType<byte[]>();
        return new BundleContents(
            tokens,
            BundledKeys.Read(files[BundlePaths.Keys])!,
            [.. proofs.Select(proof => LogProof.Parse(Encoding.UTF8.GetString(proof)))],
            BundlePaths.LinesOf(Encoding.UTF8.GetString(files.GetValueOrDefault(BundlePaths.Successions) ?? []))
        );
    }

    // Of a file that is too large to be a bundle no more is read than shows that.
    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var file = File.OpenRead(Path);
        await using (file.ConfigureAwait(false))
        {
            var content = new byte[Math.Min(file.Length, BundleArchive.MaxBytes + 1)];
            await file.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return content;
        }
    }

    internal static void AddLog(LogEvidence log, Dictionary<string, byte[]> files)
    {
        files.Add(BundlePaths.LogKey, Encoding.UTF8.GetBytes(log.Key + "\n"));
        files.Add(BundlePaths.Checkpoint, Encoding.UTF8.GetBytes(log.Checkpoint));
        foreach (var (name, proof) in log.Proofs)
        {
            files.Add(BundlePaths.Proof(name), Encoding.UTF8.GetBytes(proof));
        }

        if (log.Stamp is not null)
        {
            files.Add(BundlePaths.Stamp, log.Stamp);
        }
    }

    /// <summary>The archive of files and their list; the list lies first.</summary>
    internal static byte[] Pack(BundleList list, IReadOnlyDictionary<string, byte[]> files)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, BundleList.Path, list.Write());
            foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                Add(archive, name, bytes);
            }
        }

        return content.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        var entry = archive.CreateEntry(name, Stored);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
