using System.Text.Json.Nodes;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Client.Log.Audit;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Log.Notes;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>
/// A new seal key takes the place of the old one: what the old one sealed stays verifiable, offline, with what the store serves.
/// </summary>
public sealed class SealKeyTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-seal").FullName;

    [Fact]
    public async Task SealKey_Replaced_OldNewAndStraddlingEvidenceVerifies()
    {
        string former;
        NoteKey formerLog;
        IReadOnlyDictionary<string, string> outputs;
        TestExchange ended,
            open,
            declined;
        EvidenceToken receipt;
        await using (var host = await StartAsync(RotatedKeys.Before()))
        {
            var (alice, bob) = (await TestParty.JoinAsync(host, "alice"), await TestParty.JoinAsync(host, "bob"));
            var document = await TestDocument.DepositAsync(alice, bob);
            ended = await TestExchange.RequestAsync(bob, document);
            (await ended.SubmitReceiptAsync()).Require(200);
            open = await TestExchange.RequestAsync(bob, document);
            declined = await TestExchange.RequestAsync(bob, document);
            await BadInput.BadInputCase.WaitUntilOpenAsync(open);
            await BadInput.BadInputCase.WaitUntilOpenAsync(declined);
            receipt = await open.SignAsync();
            former = Assert.Single(await KeysOfAsync(host));
            using var log = new LogWorld(host);
            (formerLog, outputs) = (await log.KeyAsync(), host.Embedded.Outputs);
        }

        await using (var host = await StartAsync(RotatedKeys.After(outputs)))
        {
            var bob = ended.Downloader.On(host);
            // The keys that a client pins hold every key that ever sealed, the present one first, before anything is sealed with it.
            var keys = await KeysOfAsync(host);
            Assert.Equal(2, keys.Count);
            Assert.Equal(former, keys[1]);

            Assert.Equal([former, keys[0]], await VerifyAsync(bob, ended));
            (
                await bob.PostAsync(
                    $"/exchanges/{open.Id}/receipt",
                    new JsonObject { ["nonce"] = open.Nonce, ["signature"] = receipt.Text }
                )
            ).Require(200);
            Assert.Equal([former, keys[0]], await VerifyAsync(bob, open));
            var refusal = await declined.SignAsync(
                Statements.Refusal(
                    EvidenceId.New(host.Randomness),
                    declined.Challenge,
                    declined.Challenge.Statement.Gen,
                    KeyHolder.Self,
                    "not-wanted"
                )
            );
            (
                await bob.PostAsync(
                    $"/exchanges/{declined.Id}/decline",
                    new JsonObject { ["nonce"] = declined.Nonce, ["signature"] = refusal.Text }
                )
            ).Require(200);
            Assert.Equal(former, EvidenceToken.Parse(await TokenAsync(bob, declined, "challenge")).KeyId.ToString());
            Assert.Equal(keys[0], EvidenceToken.Parse(await TokenAsync(bob, declined, "record")).KeyId.ToString());

            await bob.RegisterKeyAsync(bob.Signer);
            var carol = await TestParty.JoinAsync(host, "carol");
            var fresh = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(carol, bob));
            (await fresh.SubmitReceiptAsync()).Require(200);
            Assert.Equal([former, keys[0]], await VerifyAsync(bob, fresh));

            using var log = new LogWorld(host);
            await log.SettleAsync(EvidenceToken.Parse(await TokenAsync(bob, fresh, "release")).Hash);
            Assert.Empty(await AuditAsync(host, log, former, formerLog, isCut: false));
            Assert.Empty(await AuditAsync(host, log, keys[0], await log.KeyAsync(), isCut: false));
            // Without the store's word nobody vouches for either key, and the log is another's.
            var cut = await AuditAsync(host, log, former, formerLog, isCut: true);
            Assert.Contains("unknown-store-key", cut);
            Assert.Contains("log-unreadable", cut);
            Assert.Contains("not-in-table", await AuditAsync(host, log, former, await log.KeyAsync(), isCut: true));
        }
    }

    /// <summary>A deployment goes step by step: for a while there is another seal, and versions that know the former one alone.</summary>
    [Fact]
    public async Task SealKey_ReplacedWhileFormerVersionsServe_TheySeal()
    {
        string former;
        IReadOnlyDictionary<string, string> outputs;
        TestParty alice,
            bob;
        await using (var host = await StartAsync(RotatedKeys.Before()))
        {
            (alice, bob) = (await TestParty.JoinAsync(host, "alice"), await TestParty.JoinAsync(host, "bob"));
            (former, outputs) = (Assert.Single(await KeysOfAsync(host)), host.Embedded.Outputs);
        }

        await using var midway = await StartAsync(RotatedKeys.Midway(outputs));
        (alice, bob) = (alice.On(midway), bob.On(midway));
        await alice.RegisterKeyAsync(alice.Signer);
        await bob.RegisterKeyAsync(bob.Signer);
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await exchange.SubmitReceiptAsync()).Require(200);

        Assert.Equal(former, EvidenceToken.Parse(await TokenAsync(bob, exchange, "release")).KeyId.ToString());
        Assert.Contains(former, await VerifyAsync(bob, exchange));
        Assert.Equal(former, (await KeysOfAsync(midway))[^1]);
    }

    /// <summary>A deployment that is taken back: for a day the former key may seal; later no verifier would take what it sealed.</summary>
    [Fact]
    public async Task SealKey_PutBack_SealsForADayAndNothingLater()
    {
        IReadOnlyDictionary<string, string> outputs;
        await using (var host = await StartAsync(RotatedKeys.Before()))
        {
            outputs = host.Embedded.Outputs;
        }

        await using (var host = await StartAsync(RotatedKeys.After(outputs)))
        {
            Assert.Equal(2, (await KeysOfAsync(host)).Count);
        }

        var time = new ShiftedTime();
        await using (var host = await StartAsync(RotatedKeys.TakenBack(outputs), time))
        {
            Assert.Equal(2, (await KeysOfAsync(host)).Count);
            // A function that was warm all the time sees it, too.
            time.Advance(TimeSpan.FromHours(25));
            Assert.Equal(500, await StatusAsync(host));
        }

        await using var late = await StartAsync(RotatedKeys.TakenBack(outputs), time);
        Assert.Equal(500, await StatusAsync(late));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private Task<TestHost> StartAsync(string template, TimeProvider? time = null) =>
        TestHost.StartAsync(
            new()
            {
                Listen = false,
                DataDirectory = data,
                Time = time ?? TimeProvider.System,
            },
            template
        );

    private static async Task<int> StatusAsync(TestHost host) =>
        (await host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Status;

    /// <summary>Audits the table and the log by keys that were known before.</summary>
    private static async Task<IReadOnlyList<string>> AuditAsync(TestHost host, LogWorld log, string seal, NoteKey logKey, bool isCut)
    {
        var options = new AuditOptions(
            host.Store,
            new HashSet<string> { seal },
            logKey,
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            host.Time.GetUtcNow().AddHours(1)
        );
        var items = (await TableExport.ItemsAsync(host)).Where(item => !isCut || item["succession"] is null);
        using var lines = new StringReader(string.Join('\n', items.Select(item => item.ToJsonString())));
        using var work = new SqliteWork();
        var audit = new EvidenceAudit(options, AuditScope.Whole, work, (_, _, _) => { });
        var report = await audit.RunAsync(ExportedItems.ReadAsync(lines), log.Client, default);
        return [.. report.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> KeysOfAsync(TestHost host) =>
        [
            .. (await host.SendAsync(HttpMethod.Get, "/.well-known/fairshare", null, null))
                .Require(200)["keys"]
                .AsArray()
                .Select(key => key!["kid"]!.GetValue<string>()),
        ];

    private static async Task<string> TokenAsync(TestParty party, TestExchange exchange, string name) =>
        (await party.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200)["tokens"]![name]!.GetValue<string>();

    /// <summary>Verifies a completed exchange with the keys that come with its evidence.</summary>
    /// <returns>The store's keys among them, in the order of their tokens.</returns>
    private static async Task<List<string>> VerifyAsync(TestParty party, TestExchange exchange)
    {
        var evidence = (await party.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200);
        var keys = evidence["keys"].AsArray().Select(Read).ToList();
        var verdict = ExchangeEvidence.Verify(Text("nro"), Text("challenge"), Text("nrr"), Text("release"), keys);
        Assert.All(verdict.Checks, check => Assert.True(check.Passed, check.Refusal?.Detail));
        return [.. keys.Where(key => key.Owner.IsStore).Select(key => key.KeyId.ToString())];

        string Text(string name) => evidence["tokens"][name]!.GetValue<string>();
    }

    private static PartyKey Read(JsonNode? view)
    {
        var key = PublicKey.FromJwk(view!["jwk"]!.ToJsonString());
        return new PartyKey(
            PartyId.Parse(view["party"]!.GetValue<string>()),
            key.Thumbprint,
            key,
            KeyHolders.Parse(view["kind"]!.GetValue<string>()),
            Timestamp.Parse(view["notBefore"]!.GetValue<string>()),
            Timestamp.Parse(view["notAfter"]!.GetValue<string>())
        );
    }
}
