using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Client.Log.Audit;
using FairShare.Host;
using FairShare.Log.Leaves;
using FairShare.Scenarios.Tests.BadInput;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// The drill of docs/recovery.md: evidence is erased and changed, the table is restored from a backup into another one, compared with the
/// log, filled with what came since, and put into the place of the damaged one, whose name it gets. <c>FAIRSHARE_DRILL</c> names a file for
/// the transcript.
/// </summary>
public sealed class RecoveryDrillTests
{
    private const string Restored = "fairshare-evidence-restored";
    private readonly StringBuilder transcript = new();

    [Fact]
    public async Task Drill_EvidenceIsErased_IsThereAgainAndExchangesGoOn()
    {
        Assert.SkipUnless(await OperatorProcess.HasModuleAsync("boto3"), "boto3 is not installed.");
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "The drill is about the table, whoever serves.");
        await using var host = await TestHost.StartAsync(new EmbeddedHostOptions(), CheatingStore.Deletable(), isJudged: false);
        using var log = new LogWorld(host);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var damaged = host.Embedded.Outputs["EvidenceTableName"];
        var erased = await CompleteAsync(host, damaged, log, alice, bob);
        var altered = await CompleteAsync(host, damaged, log, alice, bob);
        var open = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        await BadInputCase.WaitUntilOpenAsync(open);
        await log.SettleAsync(open.Challenge.Hash);
        var folder = Directory.CreateTempSubdirectory("fairshare-drill").FullName;
        (await bob.PostAsync("/parties/lookup/address")).Require(200);
        (await alice.PostAsync("/parties/lookup/address")).Require(200);
        var backup = await BackUpAsync(host);
        (await bob.DeleteAsync("/parties/lookup/address")).Require(200);
        var later = await CompleteAsync(host, damaged, log, alice, bob);
        var clients = new OperatorClients(host);
        using var objects = clients.Objects();
        var cheat = new CheatingStore(host, clients, objects);
        await cheat.EraseAsync($"EXCHANGE#{erased.Id}");
        await cheat.RewriteAsync("ExchangeStateMachine", $"EXCHANGE#{altered.Id}", "ENDING", item => item["state"] = new("Declined"));
        await RequireFindingsAsync(host, log, damaged, "the damaged table", finding => finding.Code == "not-in-table");

        var clock = Stopwatch.StartNew();
        await RunAsync(host, folder, "restore", "--backup", backup, "--to", Restored, "--poll", "1");
        await RequireFindingsAsync(host, log, Restored, "the restored table", finding => finding.Code == "not-in-table");
        await RunAsync(host, folder, "fill", "--from", damaged, "--to", Restored);
        await RequireFindingsAsync(host, log, Restored, "the filled table", null);
        // What came since would be lost with the damaged table.
        var since = await TestDocument.DepositAsync(alice, bob);
        await log.SettleAsync(since.Origin.Hash);
        await Quiet.UntilAsync([host.Embedded]);
        await RequireRefusedAsync(host, folder, "swap", "--damaged", damaged, "--by", Restored, "--poll", "1");
        await RunAsync(host, folder, "fill", "--from", damaged, "--to", Restored);
        await RunAsync(host, folder, "swap", "--damaged", damaged, "--by", Restored, "--poll", "1");
        await RepointAsync(host, folder, damaged);
        transcript.AppendLine(
            CultureInfo.InvariantCulture,
            $"from the decision to restore until the new table serves: {clock.Elapsed.TotalSeconds:F1} s"
        );

        await RequireGoesOnAsync(host, damaged, log, alice, bob, [erased, altered, later], open);
        // Bob has withdrawn his consent since the backup, Alice has not.
        Assert.Equal(404, (await alice.PostAsync("/parties/lookup", Address("bob"))).Status);
        Assert.Equal(alice.Id.ToString(), (await bob.PostAsync("/parties/lookup", Address("alice"))).Require(200).Text("party"));
        Directory.Delete(folder, recursive: true);
        if (Environment.GetEnvironmentVariable("FAIRSHARE_DRILL") is { } file)
        {
            await File.WriteAllTextAsync(file, transcript.ToString(), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What was erased is there again, what was under way ends, and what is new is entered into the log.</summary>
    private async Task RequireGoesOnAsync(
        TestHost host,
        string damaged,
        LogWorld log,
        TestParty alice,
        TestParty bob,
        IReadOnlyList<TestExchange> ended,
        TestExchange open
    )
    {
        foreach (var exchange in ended)
        {
            Assert.Equal("Completed", await exchange.WaitForEndingAsync());
        }

        // Its execution, which began with the former table, goes on with the one of the same name.
        (await open.SubmitReceiptAsync()).Require(200);
        Assert.Equal("Completed", await open.WaitForEndingAsync());
        await CompleteAsync(host, damaged, log, alice, bob);
        await RequireFindingsAsync(host, log, damaged, "the new table, after two more exchanges", null);
    }

    private static JsonObject Address(string name) => new() { ["email"] = $"{name}@example.com" };

    private static async Task<TestExchange> CompleteAsync(TestHost host, string table, LogWorld log, TestParty alice, TestParty bob)
    {
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        await exchange.WaitForEndingAsync();
        using var client = new OperatorClients(host).Tables();
        var key = new Dictionary<string, AttributeValue> { ["pk"] = new($"EXCHANGE#{exchange.Id}"), ["sk"] = new("ENDING") };
        var ending = (await client.GetItemAsync(table, key, consistentRead: true)).Item;
        await log.SettleAsync(LogLeaf.OfToken(ending["release"].S).TokenHash);
        return exchange;
    }

    private async Task<string> BackUpAsync(TestHost host)
    {
        var table = host.Embedded.Outputs["EvidenceTableName"];
        transcript.AppendLine(CultureInfo.InvariantCulture, $"$ aws dynamodb create-backup --table-name {table} --backup-name drill");
        using var client = new OperatorClients(host).Tables();
        var made = await client.CreateBackupAsync(new() { TableName = table, BackupName = "drill" }, TestContext.Current.CancellationToken);
        return made.BackupDetails.BackupArn;
    }

    private async Task RunAsync(TestHost host, string folder, params string[] arguments)
    {
        var script = Path.Combine(Runbook.Root, "eng", "recover-table.py");
        var printed = await OperatorProcess.RunAsync(host, folder, "python3", [script, .. arguments]);
        transcript.AppendLine(CultureInfo.InvariantCulture, $"$ eng/recover-table.py {string.Join(' ', arguments)}").Append(printed);
    }

    private async Task RequireRefusedAsync(TestHost host, string folder, params string[] arguments)
    {
        var script = Path.Combine(Runbook.Root, "eng", "recover-table.py");
        using var process = Process.Start(OperatorProcess.StartOf(host, folder, "python3", [script, .. arguments]))!;
        process.StandardInput.Close();
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("stop what writes there, and fill again", said, StringComparison.Ordinal);
        transcript.AppendLine(CultureInfo.InvariantCulture, $"$ eng/recover-table.py {string.Join(' ', arguments)}").Append(said);
    }

    private async Task RepointAsync(TestHost host, string folder, string table)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "service.json"), CheatingStore.Deletable());
        await RunAsync(host, folder, "repoint", "--template", "service.json", "--table", table, "--out", "repointed.json");
        transcript.AppendLine("$ aws cloudformation deploy --template-file repointed.json …");
        var template = await File.ReadAllTextAsync(Path.Combine(folder, "repointed.json"));
        await host.Embedded.DeployBesideAsync(ServiceHost.StackName, template, new Dictionary<string, string>());
    }

    /// <summary>Audits a table against the log, an hour from now, when nothing may be missing any more.</summary>
    private async Task RequireFindingsAsync(TestHost host, LogWorld log, string table, string what, Func<AuditFinding, bool>? expected)
    {
        var description = (await host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        var options = new AuditOptions(
            host.Store,
            description["keys"].AsArray().Select(store => store!["kid"]!.GetValue<string>()).ToHashSet(),
            await log.KeyAsync(),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            host.Time.GetUtcNow() + TimeSpan.FromHours(1)
        );
        using var client = new OperatorClients(host).Tables();
        var scanned = await client.ScanAsync(new() { TableName = table, ConsistentRead = true }, TestContext.Current.CancellationToken);
        using var lines = new StringReader(string.Join('\n', scanned.Items.Select(item => TableExport.ToJson(item).ToJsonString())));
        using var work = new SqliteWork();
        var audit = new EvidenceAudit(options, AuditScope.Whole, work, (_, _, _) => { });
        var report = await audit.RunAsync(ExportedItems.ReadAsync(lines), log.Client, default);
        var codes = report.Findings.CountBy(finding => finding.Code).Select(code => $"{code.Value} {code.Key}");
        transcript.AppendLine(CultureInfo.InvariantCulture, $"audit of {what}: {string.Join(", ", codes.DefaultIfEmpty("no findings"))}");
        if (expected is null)
        {
            Assert.Empty(report.Findings);
        }
        else
        {
            Assert.Contains(report.Findings, finding => expected(finding));
        }
    }
}
