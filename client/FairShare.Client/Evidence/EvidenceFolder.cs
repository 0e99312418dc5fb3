using System.Security.Cryptography;
using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Client.Transfers;
using FairShare.Client.Trust;
using FairShare.Contracts;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>
/// The evidence of an exchange as files: <c>nro.jws</c>, <c>challenge.jws</c>, <c>nrr.jws</c>, <c>release.jws</c>, <c>refusal.jws</c>,
/// <c>record.jws</c> (those that there are), <c>keys.json</c>, <c>successions.jws</c> where the store has had several keys, and in the
/// folder <c>document</c> or beside them the document under its own
/// name; or that of a deposit: <c>nro.jws</c>, <c>receipt.jws</c>, <c>record.jws</c> if it was aborted, <c>keys.json</c>. All of it
/// verifies offline.
/// </summary>
/// <param name="path">The folder; made when first written to.</param>
public sealed class EvidenceFolder(string path)
{
    private const string KeysFile = "keys.json";
    private const string Successions = "successions";

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where the document goes whose evidence is here: apart, because it may be called as a token is.</summary>
    public string DocumentFolder => System.IO.Path.Combine(Path, "document");

    /// <summary>Whether an exchange's challenge is here.</summary>
    public bool Exists => File.Exists(PathOf("challenge"));

    /// <summary>Requires that what is here is evidence, and that of this exchange: the folder is a profile's own.</summary>
    /// <exception cref="DamagedEvidenceProblem">A file is not.</exception>
    internal void RequireOf(ExchangeId exchange)
    {
        var isOther = FindOtherFile();
        if (isOther is null && Exists && EvidenceToken.Parse(Read().Challenge).Statement.Exchange != exchange)
        {
            isOther = PathOf("challenge");
        }

        if (isOther is not null)
        {
            throw new DamagedEvidenceProblem(isOther);
        }
    }

    /// <summary>Writes the tokens that are given, and leaves the others as they are.</summary>
    /// <exception cref="PlaceProblem">
    /// A file that is no evidence, or evidence of another exchange, stands where this would go; nothing is written.
    /// </exception>
    public void Write(ExchangeTokens bundle, IReadOnlyList<KeyView> keys)
    {
        RefuseOtherFiles();
        if (ReadToken("challenge") is { } standing && standing != bundle.Challenge)
        {
            throw new PlaceProblem("file-in-the-way", Path, $"{Path} has the evidence of another exchange, which this would replace.");
        }

        foreach (var (name, token) in EvidenceSet.ByName(bundle))
        {
            WriteToken(name, token);
        }

        if (bundle is { Record: not null, Receipt: null })
        {
            // A receipt that was signed and never accepted is evidence of nothing.
            ForgetReceipt();
        }

        WriteKeys(keys);
    }

    /// <summary>Writes what the store stated of its own keys, in the place of what was there; nothing for nothing.</summary>
    public void WriteSuccessions(IReadOnlyList<string> records)
    {
        if (records.Count > 0)
        {
            PrivateFile.Write(PathOf(Successions), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', records) + "\n"));
        }
    }

    /// <summary>What the store stated of its own keys; none where there is no such file.</summary>
    internal IReadOnlyList<string> ReadSuccessions() =>
        File.Exists(PathOf(Successions)) ? File.ReadAllText(PathOf(Successions)).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>
    /// Writes what it takes to verify the folder without this program: <c>keys/KID.pem</c> for each key, and <c>verify.sh</c>, which needs
    /// openssl and coreutils.
    /// </summary>
    public void WriteTools()
    {
        foreach (var (file, content) in ToolsOf(ReadKeys().Select(key => key.Key)))
        {
            PrivateFile.Write(file, content);
        }
    }

    /// <summary>
    /// Requires that evidence of an exchange can be written here with its tools: nothing stands in the way that is not the same, and no
    /// link leads elsewhere. Nothing is written.
    /// </summary>
    /// <param name="keys">The keys with which it is signed.</param>
    /// <exception cref="PlaceProblem">Something stands in the way.</exception>
    public void RequireFree(IEnumerable<PublicKey> keys)
    {
        string[] folders = [Path, KeysFolder];
        if (Array.Find(folders, folder => File.Exists(folder)) is { } file)
        {
            throw new PlaceProblem("folder-not-usable", Path, $"{file} is a file, and no folder.");
        }

        var others = EvidenceSet.Names.Append(Successions).Select(PathOf).Append(PathOfKeys);
        var inTheWay = IsLink(KeysFolder)
            ? KeysFolder
            : others.FirstOrDefault(path => IsLink(path) || Directory.Exists(path))
                ?? ToolsOf(keys).FirstOrDefault(tool => IsOther(tool.File, tool.Content)).File;
        if (inTheWay is not null)
        {
            throw new PlaceProblem("file-in-the-way", Path, $"{inTheWay} is in the way, and is left as it is.");
        }
    }

    private string KeysFolder => System.IO.Path.Combine(Path, "keys");

    private IEnumerable<(string File, byte[] Content)> ToolsOf(IEnumerable<PublicKey> keys)
    {
        foreach (var key in keys)
        {
            var pem = PemEncoding.WriteString("PUBLIC KEY", key.ToSubjectPublicKeyInfo());
            yield return (System.IO.Path.Combine(KeysFolder, $"{key.Thumbprint}.pem"), System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
        }

        using var script = typeof(EvidenceFolder).Assembly.GetManifestResourceStream("verify.sh")!;
        var text = new byte[script.Length];
        script.ReadExactly(text);
        yield return (System.IO.Path.Combine(Path, "verify.sh"), text);
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static bool IsOther(string path, byte[] content) =>
        IsLink(path) || Directory.Exists(path) || (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(content));

    /// <summary>Removes a receipt that was signed and never accepted.</summary>
    public void ForgetReceipt() => File.Delete(PathOf("nrr"));

    /// <summary>Writes the evidence of a deposit.</summary>
    /// <exception cref="PlaceProblem">A file that is no evidence stands where evidence would go; nothing is written.</exception>
    public void WriteDeposit(EvidenceToken origin, EvidenceToken receipt, IReadOnlyList<KeyView> keys)
    {
        RefuseOtherFiles();
        WriteToken("nro", origin.Text);
        WriteToken("receipt", receipt.Text);
        WriteKeys(keys);
    }

    /// <summary>The tokens that are here.</summary>
    /// <exception cref="FileNotFoundException">There is no challenge, which every exchange has.</exception>
    public ExchangeTokens Read() =>
        new()
        {
            Origin = ReadToken("nro"),
            Challenge =
                ReadToken("challenge")
                ?? throw new FileNotFoundException($"{PathOf("challenge")} is missing: this is not the evidence of an exchange."),
            Receipt = ReadToken("nrr"),
            Release = ReadToken("release"),
            Refusal = ReadToken("refusal"),
            Record = ReadToken("record"),
        };

    /// <summary>The keys that are here.</summary>
    /// <exception cref="InvalidDataException"><c>keys.json</c> is missing, or is not a list of public keys under their
    /// thumbprints.</exception>
    public IReadOnlyList<PartyKey> ReadKeys() => [.. ReadViews().Select(KeyViews.ToPartyKey)];

    /// <summary>The keys that are here, with what the store sealed about them.</summary>
    /// <exception cref="InvalidDataException">As of <see cref="ReadKeys"/>.</exception>
    internal IReadOnlyList<KeyView> ReadViews()
    {
        var file = PathOfKeys;
        try
        {
            var list = JsonSerializer.Deserialize(JsonFile.Read(file), ContractJson.Lenient.TypeOf<KeyList>());
            var keys = list?.Keys ?? [];
            var ids = keys.Select(key => key is null ? throw new JsonException("An entry is null.") : key.ToPartyKey().KeyId).ToList();
            return ids.Distinct().Count() == ids.Count ? keys : throw new JsonException("A key stands in it twice.");
        }
        catch (Exception fault) when (fault is JsonException or ProtocolException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{file} is missing, or is not a list of public keys: {fault.Message}");
        }
    }

    /// <summary>Verifies everything that is here, and the document when it is given or lies beside the evidence.</summary>
    /// <param name="document">The document's file; null looks for it in the folder.</param>
    /// <param name="anchors">Whose keys are believed, learnt from elsewhere than this folder.</param>
    /// <param name="progress">Told of the hashing of the document.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">There is no evidence here, or no document where one is named.</exception>
    /// <exception cref="InvalidDataException"><c>keys.json</c> is missing, or is not a list of public keys under their
    /// thumbprints.</exception>
    public async Task<FolderVerdict> VerifyAsync(
        string? document,
        IReadOnlyList<StoreAnchor> anchors,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException($"There is no folder {Path}.");
        }

        var isDeposit = !Exists && File.Exists(PathOf("receipt"));
        if (!isDeposit)
        {
            Read();
        }

        var verdict = new EvidenceSet(ReadTokens(), ReadViews(), ReadSuccessions()).Verify(anchors);
        return verdict.Document is { } described && (document ?? FindDocument(described)) is { } file
            ? verdict with
            {
                Checks =
                [
                    .. verdict.Checks,
                    .. await DocumentChecks.RunAsync(described, file, progress, cancellationToken).ConfigureAwait(false),
                ],
            }
            : verdict;
    }

    private string? FindDocument(DocumentDescription described)
    {
        if (described.Digest is null)
        {
            return null;
        }

        var file = SafeFileName.From(described.Name);
        var apart = System.IO.Path.Combine(DocumentFolder, file);
        var beside = System.IO.Path.Combine(Path, file);
        return File.Exists(apart) ? apart
            : File.Exists(beside) && !IsOfEvidence(file) ? beside
            : null;
    }

    private static bool IsOfEvidence(string file) =>
        file.Equals(KeysFile, StringComparison.OrdinalIgnoreCase)
        || EvidenceSet.Names.Append(Successions).Any(token => file.Equals($"{token}.jws", StringComparison.OrdinalIgnoreCase));

    // A received document may be called as evidence is: it must not be replaced by evidence that comes to the same folder.
    private void RefuseOtherFiles()
    {
        if (FindOtherFile() is { } other)
        {
            throw new PlaceProblem("file-in-the-way", Path, $"{other} is not evidence, and evidence would replace it.");
        }
    }

    private string? FindOtherFile() =>
        EvidenceSet.Names.FirstOrDefault(name => ReadToken(name) is { } text && !EvidenceToken.TryParse(text, out _, out _)) is { } token
            ? PathOf(token)
        : File.Exists(PathOfKeys) && !HasKeys() ? PathOfKeys
        : null;

    private bool HasKeys()
    {
        try
        {
            return ReadKeys().Count >= 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private string PathOfKeys => System.IO.Path.Combine(Path, KeysFile);

    private void WriteToken(string name, string token) => PrivateFile.Write(PathOf(name), System.Text.Encoding.UTF8.GetBytes(token + "\n"));

    private void WriteKeys(IReadOnlyList<KeyView> keys)
    {
        var list = JsonSerializer.SerializeToElement(new KeyList(keys), ContractJson.Strict.TypeOf<KeyList>());
        PrivateFile.Write(PathOfKeys, JsonText.Indented(list));
    }

    private Dictionary<string, string> ReadTokens() =>
        EvidenceSet
            .Names.Select(name => (Name: name, Text: ReadToken(name)))
            .Where(token => token.Text is not null)
            .ToDictionary(token => token.Name, token => token.Text!);

    private string? ReadToken(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)).Trim() : null;

    private string PathOf(string name) => System.IO.Path.Combine(Path, $"{name}.jws");
}
