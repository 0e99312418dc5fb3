using System.Text;
using FairShare.Client.Evidence;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Client.Bundles;

/// <summary>Verifies what is in a bundle: first that it is one, then its evidence.</summary>
/// <param name="anchors">Whose keys are believed.</param>
internal sealed class BundleVerifier(IReadOnlyList<StoreAnchor> anchors)
{
    private readonly List<EvidenceCheck> checks = [];

    /// <summary>Verifies a bundle.</summary>
    /// <param name="archive">The zip archive.</param>
    public FolderVerdict Run(ReadOnlyMemory<byte> archive)
    {
        if (ReadArchive(archive) is not { } files || !CheckList(files) || ReadKeys(files) is not { } keys)
        {
            return new FolderVerdict("", null, null, checks, null);
        }

        var tokens = EvidenceSet
            .Names.Where(name => files.ContainsKey(BundlePaths.Token(name)))
            .ToDictionary(name => name, name => Encoding.Latin1.GetString(files[BundlePaths.Token(name)]));
        var evidence = new EvidenceSet(tokens, keys, BundlePaths.LinesOf(Text(files, BundlePaths.Successions)));
        var verdict = evidence.Verify(anchors);
        CheckSubject(files, verdict.Statement);
        CheckPage(files, CertificatePage.Write(verdict, tokens, keys));
        var log = CheckLog(files, tokens, verdict.Statement?.Store, evidence.History);
        foreach (var name in BundlePaths.Stamped.Where(name => files.ContainsKey(BundlePaths.TokenStamp(name))))
        {
            log.CheckAttached(name, files[BundlePaths.TokenStamp(name)], tokens.GetValueOrDefault(name) ?? "");
        }

        return verdict with
        {
            Checks = [.. checks, .. verdict.Checks, .. log.All],
            Beliefs = log.Beliefs,
        };
    }

    // A bundle that has anything of the log has all of it. One that has nothing is wrong only where somebody asks for it: the log takes
    // a while to enter what is new.
    private LogChecks CheckLog(
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlyDictionary<string, string> tokens,
        PartyId? store,
        KeyHistory history
    )
    {
        var log = new LogChecks([.. anchors.Where(anchor => anchor.Store is null || anchor.Store == store)], history);
        if (!files.Keys.Any(path => path.StartsWith("log/", StringComparison.Ordinal)))
        {
            log.NoteMissing();
            return log;
        }

        var proofs = tokens
            .Keys.Where(name => files.ContainsKey(BundlePaths.Proof(name)))
            .ToDictionary(name => name, name => Text(files, BundlePaths.Proof(name)));
        var key = Text(files, BundlePaths.LogKey).TrimEnd('\n');
        log.Run(new LogEvidence(key, Text(files, BundlePaths.Checkpoint), proofs, files.GetValueOrDefault(BundlePaths.Stamp)), tokens);
        return log;
    }

    private static string Text(IReadOnlyDictionary<string, byte[]> files, string path) =>
        files.TryGetValue(path, out var content) ? Encoding.UTF8.GetString(content) : "";

    private IReadOnlyDictionary<string, byte[]>? ReadArchive(ReadOnlyMemory<byte> archive)
    {
        try
        {
            var files = BundleArchive.Read(archive);
            Note("bundle.archive", null, $"{files.Count} files, stored and each there once");
            return files;
        }
        catch (ArchiveFault fault)
        {
            Note("bundle.archive", $"{fault.Code}: {fault.Message}", "");
            return null;
        }
    }

    private bool CheckList(IReadOnlyDictionary<string, byte[]> files)
    {
        var list = files.TryGetValue(BundleList.Path, out var text) ? BundleList.Read(text) : null;
        Note("bundle.list", list is null ? "bundle.json is missing, or is not the list of a bundle" : null, BundleList.FormatName);
        if (list is null)
        {
            return false;
        }

        var fault = list.FindFault(files);
        Note("bundle.files", fault, "every file is listed, and has the listed size and hash");
        return fault is null;
    }

    private IReadOnlyList<KeyView>? ReadKeys(IReadOnlyDictionary<string, byte[]> files)
    {
        var keys = files.TryGetValue(BundlePaths.Keys, out var text) ? BundledKeys.Read(text) : null;
        Note("bundle.keys", keys is null ? "keys.json is missing, or is not a list of public keys" : null, $"{keys?.Count} public keys");
        return keys;
    }

    private void CheckSubject(IReadOnlyDictionary<string, byte[]> files, EvidenceStatement? statement)
    {
        var list = BundleList.Read(files[BundleList.Path])!;
        var agrees = statement is not null && list.Store == $"{statement.Store}" && list.Exchange == $"{statement.Exchange}";
        Note(
            "bundle.subject",
            agrees ? null : "bundle.json names another exchange than its evidence",
            $"the exchange {list.Exchange} of the store {list.Store}"
        );
    }

    private void CheckPage(IReadOnlyDictionary<string, byte[]> files, ReadOnlySpan<byte> expected)
    {
        var agrees = files.TryGetValue(BundlePaths.Page, out var page) && expected.SequenceEqual(page);
        Note(
            "bundle.page",
            agrees ? null : "certificate.html is missing, or says something else than the evidence",
            "certificate.html says what the evidence says"
        );
    }

    private void Note(string name, string? fault, string detail) => checks.Add(new EvidenceCheck(name, fault is null, fault ?? detail));
}
