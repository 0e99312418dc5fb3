using System.Text.Json.Nodes;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Client.Log.Audit;
using FairShare.Core.Identifiers;
using FairShare.Log.Notes;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>The audit of a true store finds nothing; of one whose table was tampered with, in any of these ways, what was done.</summary>
public sealed class AuditTests(AuditWorld world) : IClassFixture<AuditWorld>
{
    [Fact]
    public async Task Run_TrueStore_FindsNothing()
    {
        var report = await world.AuditAsync(world.Items);
        Assert.Empty(report.Findings);
        Assert.Equal(["AwaitingReceipt", "Completed", "Declined"], report.States.Keys.Order(StringComparer.Ordinal));
        Assert.True(report.Tokens >= 13 && report.Leaves >= 12);
        Assert.Contains("Findings: 0", AuditFiles.ToHtml(report), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Tamperings =>
        new()
        {
            { "the receipt is taken away", "unfair" },
            { "the release is taken away", "unfair" },
            { "the state is another", "other-state" },
            { "a signature is another", "evidence:nrr.signature" },
            { "the challenge is another exchange's", "evidence:challenge.statement" },
            { "the deposit is gone", "unfair" },
            { "the exchange is gone", "not-in-table" },
            { "a party's key is swapped", "key-swapped" },
            { "a certificate is another party's", "evidence:certificate.statement" },
            { "a certificate is not the store's", "evidence:certificate.signature" },
            { "a token is not the logged one", "not-in-log" },
            { "an index is another", "log-index" },
            { "an item is there twice", "repeated-item" },
            { "the store's key is not the known one", "unknown-store-key" },
        };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Run_TamperedStore_FindsIt(string tampering, string code)
    {
        var items = world.Items.Select(item => item.DeepClone().AsObject()).ToList();
        Tamper(tampering, items);
        var report = await world.AuditAsync(items);
        Assert.Contains(code, report.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Run_LogOfAnotherKey_IsNotBelieved()
    {
        var report = await world.AuditAsync(world.Items, isLogKnown: false);
        Assert.Contains("log-unreadable", report.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Run_LogWithoutACheckpoint_LacksEveryTokenAndIsGoneIfItWasThere()
    {
        var report = await world.AuditAsync(world.Items, files: new NoLog());
        Assert.Equal(["not-in-log"], report.Findings.Select(finding => finding.Code).Distinct());
        Assert.True(report.Findings.Count >= 13);
        report = await world.AuditAsync([], files: new NoLog(), scope: AuditScope.Whole with { SeenSize = 1 });
        Assert.Equal(["no-log"], report.Findings.Select(finding => finding.Code));
        Assert.Null(report.Log);
        report = await world.AuditAsync([], files: new NoLog());
        Assert.Empty(report.Findings);
    }

    private void Tamper(string tampering, List<JsonObject> items)
    {
        var exchange = $"EXCHANGE#{world.Completed}";
        var ending = items.Single(item => Text(item, "pk") == exchange && Text(item, "sk") == "ENDING");
        var opening = items.Single(item => Text(item, "pk") == exchange && Text(item, "sk") == "EXCHANGE");
        var other = items.Single(item => Text(item, "pk") == $"EXCHANGE#{world.Open}" && Text(item, "sk") == "EXCHANGE");
        var receipt = Text(ending, "receipt");
        var keys = items.Where(item => Text(item, "pk").StartsWith("PARTY#", StringComparison.Ordinal)).ToList();
        Action change = tampering switch
        {
            "the receipt is taken away" => () => ending.Remove("receipt"),
            "the release is taken away" => () => ending.Remove("release"),
            "the state is another" => () => Set(ending, "state", "Declined"),
            "a signature is another" => () => Set(ending, "receipt", receipt[..^4] + (receipt.EndsWith('A') ? "BBBA" : "AAAA")),
            "the challenge is another exchange's" => () => Set(opening, "challenge", Text(other, "challenge")),
            "the deposit is gone" => () => items.RemoveAll(item => Text(item, "pk") == $"DEPOSIT#{Text(ending, "documentId")}"),
            "the exchange is gone" => () => items.RemoveAll(item => Text(item, "pk") == exchange),
            "a party's key is swapped" => () =>
                (keys[0]["jwk"], keys[1]["jwk"]) = (keys[1]["jwk"]!.DeepClone(), keys[0]["jwk"]!.DeepClone()),
            "a certificate is another party's" => () => Set(keys[0], "certificate", Text(keys[1], "certificate")),
            "a certificate is not the store's" => () =>
                Set(keys[0], "certificate", Text(keys[0], "certificate")[..^86] + Text(keys[1], "certificate")[^86..]),
            "a token is not the logged one" => () => Set(ending, "receipt", receipt.Replace(".ey", ".eY", StringComparison.Ordinal)),
            "an index is another" => () =>
                items.First(item => Text(item, "pk").StartsWith("LOG#", StringComparison.Ordinal))["index"]!["N"] = "77",
            "an item is there twice" => () => items.Add(ending.DeepClone().AsObject()),
            "the store's key is not the known one" => () =>
                items.Single(item => Text(item, "pk") == "STORE#KEYS")["jwk"] = keys[0]["jwk"]!.DeepClone(),
            _ => throw new ArgumentOutOfRangeException(nameof(tampering)),
        };
        change();
        if (tampering == "the store's key is not the known one")
        {
            var item = items.Single(item => Text(item, "pk") == "STORE#KEYS");
            Set(item, "sk", Text(keys[0], "sk"));
        }
    }

    private static string Text(JsonObject item, string name) => item[name]?["S"]?.GetValue<string>() ?? "";

    private static void Set(JsonObject item, string name, string text) => item[name] = new JsonObject { ["S"] = text };
}

/// <summary>A store with an exchange that completed, one that was declined and one that is open; and its table, as exported.</summary>
public sealed class AuditWorld : IAsyncLifetime
{
    private readonly ExchangeWorld world = new();
    private LogWorld log = null!;

    /// <summary>The table's items in DynamoDB's JSON.</summary>
    public IReadOnlyList<JsonObject> Items { get; private set; } = [];

    public ExchangeId Completed { get; private set; }

    public ExchangeId Open { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        log = new LogWorld(world.Host);
        var completed = await RequestAsync();
        (await completed.SubmitReceiptAsync()).Require(200);
        var declined = await RequestAsync();
        (await declined.DeclineAsync()).Require(200);
        var open = await RequestAsync();
        await BadInput.BadInputCase.WaitUntilOpenAsync(open);
        (Completed, Open) = (completed.Id, open.Id);
        await log.SettleAsync(open.Challenge.Hash);
        Items = await TableExport.ItemsAsync(world.Host);
    }

    /// <summary>Audits items, an hour from now, so that no token may be missing any more.</summary>
    /// <param name="items">The table's items.</param>
    /// <param name="isLogKnown">Whether the auditor believes the log's key.</param>
    /// <param name="files">Another log than the store's.</param>
    /// <param name="scope">Another scope than everything.</param>
    public async Task<AuditReport> AuditAsync(
        IEnumerable<JsonObject> items,
        bool isLogKnown = true,
        ILogFiles? files = null,
        AuditScope? scope = null
    )
    {
        var description = (await world.Host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        var key = await log.KeyAsync();
        var options = new AuditOptions(
            world.Host.Store,
            description["keys"].AsArray().Select(store => store!["kid"]!.GetValue<string>()).ToHashSet(),
            isLogKnown ? key : new FairShare.Log.Notes.NoteKey(key.Name, key.Kind, new byte[32]),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            world.Host.Time.GetUtcNow().AddHours(1)
        );
        using var lines = new StringReader(string.Join('\n', items.Select(item => item.ToJsonString())));
        using var work = new SqliteWork();
        return await new EvidenceAudit(options, scope ?? AuditScope.Whole, work, (_, _, _) => { }).RunAsync(
            ExportedItems.ReadAsync(lines),
            files ?? log.Client,
            default
        );
    }

    public async ValueTask DisposeAsync()
    {
        log.Dispose();
        await world.DisposeAsync();
    }

    private async Task<TestExchange> RequestAsync() =>
        await TestExchange.RequestAsync(world.Bob, await TestDocument.DepositAsync(world.Alice, world.Bob));
}

/// <summary>A log in which there is nothing.</summary>
internal sealed class NoLog : ILogFiles
{
    public Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) => Task.FromResult<SignedNote?>(null);

    public Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);
}
