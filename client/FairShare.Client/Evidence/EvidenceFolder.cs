using System.Security.Cryptography;
using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Client.Transfers;
using FairShare.Client.Trust;
using FairShare.Contracts;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Evidence;

/// <summary>
/// The evidence of an exchange as files: <c>nro.jws</c>, <c>challenge.jws</c>, <c>nrr.jws</c>, <c>release.jws</c>, <c>refusal.jws</c>,
/// <c>record.jws</c> (those that there are), <c>keys.json</c>, and in the folder <c>document</c> or beside them the document under its own
/// name; or that of a deposit: <c>nro.jws</c>, <c>receipt.jws</c>, <c>record.jws</c> if it was aborted, <c>keys.json</c>. All of it
/// verifies offline.
/// </summary>
/// <param name="path">The folder; made when first written to.</param>
public sealed class EvidenceFolder(string path)
{
    private const string KeysFile = "keys.json";

    private static readonly string[] ExchangeTokens = ["nrr", "release", "refusal"];
    private static readonly string[] AllTokens = ["nro", "challenge", "nrr", "release", "refusal", "record", "receipt"];
    private static readonly string[] SealedTokens = ["challenge", "release", "record", "receipt"];

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
    /// <exception cref="PlaceProblem">A file that is no evidence stands where evidence would go; nothing is written.</exception>
    public void Write(ExchangeTokens bundle, IReadOnlyList<KeyView> keys)
    {
        RefuseOtherFiles();
        (string Name, string? Token)[] tokens =
        [
            ("nro", bundle.Origin),
            ("challenge", bundle.Challenge),
            ("nrr", bundle.Receipt),
            ("release", bundle.Release),
            ("refusal", bundle.Refusal),
            ("record", bundle.Record),
        ];
        foreach (var (name, token) in tokens)
        {
            if (token is not null)
            {
                WriteToken(name, token);
            }
        }

        if (bundle is { Record: not null, Receipt: null })
        {
            // A receipt that was signed and never accepted is evidence of nothing.
            ForgetReceipt();
        }

        WriteKeys(keys);
    }

    /// <summary>
    /// Writes what it takes to verify the folder without this program: <c>keys/KID.pem</c> for each key, and <c>verify.sh</c>, which needs
    /// openssl and coreutils.
    /// </summary>
    public void WriteTools()
    {
        foreach (var key in ReadKeys())
        {
            var pem = PemEncoding.WriteString("PUBLIC KEY", key.Key.ToSubjectPublicKeyInfo());
            PrivateFile.Write(System.IO.Path.Combine(Path, "keys", $"{key.KeyId}.pem"), System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
        }

        using var script = typeof(EvidenceFolder).Assembly.GetManifestResourceStream("verify.sh")!;
        var text = new byte[script.Length];
        script.ReadExactly(text);
        PrivateFile.Write(System.IO.Path.Combine(Path, "verify.sh"), text);
    }

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
    public IReadOnlyList<PartyKey> ReadKeys()
    {
        var file = PathOfKeys;
        try
        {
            var list = JsonSerializer.Deserialize(JsonFile.Read(file), ContractJson.Lenient.TypeOf<KeyList>());
            var keys = (list?.Keys ?? [])
                .Select(key => key is null ? throw new JsonException("An entry is null.") : key.ToPartyKey())
                .ToList();
            return keys.DistinctBy(key => key.KeyId).Count() == keys.Count ? keys : throw new JsonException("A key stands in it twice.");
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

        var found = !Exists && File.Exists(PathOf("receipt")) ? CheckDeposit() : CheckExchange();
        var checks = new List<EvidenceCheck>(found.Checks);
        var anchor = found.Statement is { } statement ? CheckStore(statement.Store, anchors, checks) : null;
        if (found.Document is { } described)
        {
            checks.AddRange(await CheckDocumentAsync(described, document, progress, cancellationToken).ConfigureAwait(false));
        }

        return found with
        {
            Checks = checks,
            Anchor = anchor,
        };
    }

    // Every token that lies here is judged: whoever reads the verdict takes it to speak of all of them.
    private FolderVerdict CheckExchange()
    {
        var tokens = Read();
        var keys = ReadKeys();
        var evidence = ExchangeEvidence.Verify(tokens, keys);
        var deposit = ReadToken("receipt") is { } receipt
            ? DepositEvidence
                .Verify(tokens.Origin, receipt, null, keys)
                .Checks.Where(check => !check.Passed || check.Name.StartsWith("receipt.", StringComparison.Ordinal))
            : [];
        return new FolderVerdict(evidence.State.ToString(), evidence.Statement, evidence.Document, [.. evidence.Checks, .. deposit], null);
    }

    private FolderVerdict CheckDeposit()
    {
        var record = ReadToken("record");
        var (checks, statement) = DepositEvidence.Verify(ReadToken("nro"), ReadToken("receipt"), record, ReadKeys());
        var strange = ExchangeTokens
            .Where(name => File.Exists(PathOf(name)))
            .Select(name => new EvidenceCheck($"{name}.place", false, "a token of an exchange, whose challenge is missing"));
        var state = record is null ? DocumentState.Deposited : DocumentState.Withdrawn;
        return new FolderVerdict(state.ToString(), statement, statement?.Document, [.. checks, .. strange], null);
    }

    // Every seal in the folder must be the anchor's: the first token's alone would leave room for a forged release.
    private StoreAnchor? CheckStore(PartyId store, IReadOnlyList<StoreAnchor> anchors, List<EvidenceCheck> checks)
    {
        var candidates = anchors.Where(anchor => anchor.IsFor(store)).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var sealing = SealedTokens
            .Select(ReadToken)
            .Select(text => EvidenceToken.TryParse(text ?? "", out var token, out _) ? token : null);
        StoreAnchor? believed = null;
        foreach (var key in sealing.OfType<EvidenceToken>().Select(token => token.KeyId).Distinct())
        {
            var vouching = candidates.Find(anchor => anchor.Keys.Contains(key));
            believed ??= vouching;
            var detail = vouching is null
                ? $"sealed with {key}, which is not the key {string.Join(", or ", candidates.Select(anchor => anchor.Source))}"
                : $"{key}, {vouching.Source}";
            checks.Add(new EvidenceCheck("store.key", vouching is not null, detail));
        }

        return believed ?? candidates[0];
    }

    private async Task<IEnumerable<EvidenceCheck>> CheckDocumentAsync(
        DocumentDescription described,
        string? document,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var found = document ?? (described.Digest is null ? null : FindDocument(described.Name));
        if (found is null)
        {
            return [];
        }

        var file = new FileInfo(found);
        if (file is { Exists: true, Length: 0 })
        {
            return [new EvidenceCheck("document.size", false, "0 bytes")];
        }

        var actual = await FileDigest
            .ComputeAsync(file.FullName, described.Form.PartSize, progress, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            new EvidenceCheck("document.size", actual.Size == described.Size, $"{actual.Size} bytes"),
            described.Digest is null
                ? new EvidenceCheck("document.digest", false, "before the receipt the evidence commits to a digest that it does not state")
                : new EvidenceCheck(
                    "document.digest",
                    actual.Digest == described.Digest,
                    $"{actual.Digest.Method.Name()} {actual.Digest.Value}"
                ),
        ];
    }

    private string? FindDocument(DocumentName name)
    {
        var file = SafeFileName.From(name);
        var apart = System.IO.Path.Combine(DocumentFolder, file);
        var beside = System.IO.Path.Combine(Path, file);
        return File.Exists(apart) ? apart
            : File.Exists(beside) && !IsOfEvidence(file) ? beside
            : null;
    }

    private static bool IsOfEvidence(string file) =>
        file.Equals(KeysFile, StringComparison.OrdinalIgnoreCase)
        || AllTokens.Any(token => file.Equals($"{token}.jws", StringComparison.OrdinalIgnoreCase));

    // A received document may be called as evidence is: it must not be replaced by evidence that comes to the same folder.
    private void RefuseOtherFiles()
    {
        if (FindOtherFile() is { } other)
        {
            throw new PlaceProblem("file-in-the-way", Path, $"{other} is not evidence, and evidence would replace it.");
        }
    }

    private string? FindOtherFile() =>
        AllTokens.FirstOrDefault(name => ReadToken(name) is { } text && !EvidenceToken.TryParse(text, out _, out _)) is { } token
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

    private string? ReadToken(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)).Trim() : null;

    private string PathOf(string name) => System.IO.Path.Combine(Path, $"{name}.jws");
}
