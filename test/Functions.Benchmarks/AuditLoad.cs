using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Client.Log.Audit;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;

namespace FairShare.Functions.Benchmarks;

/// <summary>Audits a store of many exchanges between two parties: made here, written to a file, and read as a stream.</summary>
internal static class AuditLoad
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SystemRandomness Randomness = new();

    public static async Task RunAsync(int exchanges, int faults, int idle)
    {
        var folder = Directory.CreateTempSubdirectory("fairshare-audit-load-");
        var path = Path.Combine(folder.FullName, "table.jsonl");
        using var alice = new Signer(PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"));
        using var bob = new Signer(PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        using var store = new Signer(PartyId.Store("load"));
        using var files = new FileLog(new NoteSigner("load", NoteKeyKind.Ed25519, new byte[32]), Path.Combine(folder.FullName, "log"));
        var planted = await WriteAsync(path, exchanges, faults, idle, alice, bob, store, files);
        ForgetPeak();
        using var process = Process.GetCurrentProcess();
        var (before, cpu, clock) = (process.WorkingSet64, process.TotalProcessorTime, Stopwatch.StartNew());
        var options = new AuditOptions(
            store.Id,
            new HashSet<string> { store.KeyId.ToString() },
            files.Key,
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            Start.AddDays(30)
        );
        using var table = new StreamReader(path);
        using var work = new SqliteWork();
        var audit = new EvidenceAudit(options, AuditScope.Whole, work, (_, _, _) => { });
        var report = await audit.RunAsync(ExportedItems.ReadAsync(table), files.Client, default);
        process.Refresh();
        var used = (process.TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{exchanges} exchanges, {report.Tokens} tokens, {report.Leaves} leaves, "
                    + $"{planted.Count} faults planted, {planted.Count(fault => fault.IsFound(report.Findings))} found, "
                    + $"{report.Findings.Count(finding => !planted.Any(fault => fault.IsIn(finding)))} findings of anything else: "
                    + $"{clock.Elapsed.TotalSeconds:0.0} s, "
                    + $"{used:0.0} s of CPU, {report.Tokens / used:0} tokens a second and core, memory {before >> 20} MiB before, "
                    + $"{process.PeakWorkingSet64 >> 20} MiB at most"
            )
        );
        folder.Delete(recursive: true);
    }

    /// <summary>Gives back what making the store took, so that the peak is the audit's. Linux alone can forget an earlier one.</summary>
    private static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static async Task<IReadOnlyList<PlantedFault>> WriteAsync(
        string path,
        int exchanges,
        int faults,
        int idle,
        Signer alice,
        Signer bob,
        Signer store,
        FileLog files
    )
    {
        var planted = new List<PlantedFault>();
        await using var writer = new StreamWriter(path);
        await WriteKeyAsync(writer, alice, $"PARTY#{alice.Id}", "self");
        await WriteKeyAsync(writer, bob, $"PARTY#{bob.Id}", "self");
        await WriteKeyAsync(writer, store, "STORE#KEYS", "kms");
        for (var number = 0; number < idle; number++)
        {
            using var party = new Signer(PartyId.Parse($"00000000-0000-4000-8000-{number.ToString("x12", CultureInfo.InvariantCulture)}"));
            await WriteKeyAsync(writer, party, $"PARTY#{party.Id}", "self");
        }

        AuditedExchange? previous = null;
        for (var number = 0; number < exchanges; number++)
        {
            var exchange = await ExchangeAsync(alice, bob, store);
            if (number < faults)
            {
                planted.Add(PlantedFault.Plant(number, exchange, previous));
            }

            exchange.Logged.ForEach(token => files.Add(LogLeaf.OfToken(token)));
            foreach (var item in exchange.Items)
            {
                await writer.WriteLineAsync(Line([.. item.Select(attribute => (attribute.Key, attribute.Value))]));
            }

            previous = exchange;
        }

        files.Publish();
        return planted;
    }

    private static Task WriteKeyAsync(StreamWriter writer, Signer signer, string partition, string holder) =>
        writer.WriteLineAsync(
            Line(
                ("pk", partition),
                ("sk", $"KEY#{signer.KeyId}"),
                ("jwk", signer.Key.ToJwk()),
                ("holder", holder),
                ("notBefore", Timestamp.Format(Start.AddDays(-1))),
                ("notAfter", Timestamp.Format(Start.AddDays(1)))
            )
        );

    private static async Task<AuditedExchange> ExchangeAsync(Signer alice, Signer bob, Signer store)
    {
        var (document, exchange) = (DocumentId.New(Randomness), ExchangeId.New(Randomness));
        var described = new DocumentDescription(
            document,
            ObjectVersion.Parse("v"),
            DocumentName.Parse("a.txt"),
            MediaType.Unknown,
            3,
            DocumentDigest.Whole(Sha256Digest.Of("abc"u8))
        );
        var origin = await EvidenceIssuer.IssueAsync(
            Statements.Origin(
                NewId(),
                alice.Id,
                [bob.Id],
                store.Id,
                described,
                Nonce.New(Randomness),
                Start,
                KeyHolder.Self,
                DocumentSalt.New(Randomness)
            ),
            alice
        );
        var deposit = await EvidenceIssuer.IssueAsync(Statements.DepositReceipt(NewId(), origin, Start), store);
        var challenge = await EvidenceIssuer.IssueAsync(
            Statements.ReceiptChallenge(NewId(), origin, bob.Id, exchange, Nonce.New(Randomness), Start, Start.AddHours(1)),
            store
        );
        var receipt = await EvidenceIssuer.IssueAsync(Statements.Receipt(NewId(), challenge, Start, KeyHolder.Self), bob);
        var release = await EvidenceIssuer.IssueAsync(Statements.Release(NewId(), receipt, Start), store);
        var time = Timestamp.Format(Start);
        return new(
            new()
            {
                ["pk"] = $"DEPOSIT#{document}",
                ["sk"] = "DEPOSIT",
                ["origin"] = origin.Text,
                ["receipt"] = deposit.Text,
            },
            new()
            {
                ["pk"] = $"EXCHANGE#{exchange}",
                ["sk"] = "EXCHANGE",
                ["documentId"] = document.ToString(),
                ["challenge"] = challenge.Text,
                ["openedAt"] = time,
            },
            new()
            {
                ["pk"] = $"EXCHANGE#{exchange}",
                ["sk"] = "ENDING",
                ["documentId"] = document.ToString(),
                ["state"] = "Completed",
                ["endedAt"] = time,
                ["receipt"] = receipt.Text,
                ["release"] = release.Text,
            }
        );
    }

    private static string Line(params (string Name, string Value)[] attributes) =>
        new JsonObject(
            attributes.Select(attribute => KeyValuePair.Create(attribute.Name, (JsonNode?)new JsonObject { ["S"] = attribute.Value }))
        ).ToJsonString();

    private static EvidenceId NewId() => EvidenceId.New(Randomness);

    private sealed class Signer(PartyId id) : ITokenSigner, IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public PartyId Id => id;

        public PublicKey Key => field ??= PublicKey.Of(key);

        public KeyId KeyId => Key.Thumbprint;

        public void Dispose() => key.Dispose();

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
            new(key.SignData(signingInput.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }
}
