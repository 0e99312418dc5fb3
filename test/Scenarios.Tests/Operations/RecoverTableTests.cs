using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// What eng/recover-table.py does where DynamoDB takes its time, which that of the host does not: its functions are called with a client
/// that tells what it is asked. The drill (<see cref="RecoveryDrillTests"/>) has the rest.
/// </summary>
public sealed class RecoverTableTests
{
    private const string Driver = """
        import importlib.util, json, sys, types
        given = json.load(sys.stdin)
        sys.modules["boto3"] = types.SimpleNamespace(client=lambda service: Tables())
        spec = importlib.util.spec_from_file_location("recover", given["script"])
        recover = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(recover)
        recover.time.sleep = lambda seconds: print("sleep")
        class Tables:
            def __init__(self):
                self.looks, self.tables = iter(given["looks"]), given["tables"]
            def create_backup(self, TableName, BackupName):
                print("back up", TableName)
                return {"BackupDetails": {"BackupArn": TableName, "BackupStatus": "CREATING"}}
            def describe_backup(self, BackupArn):
                return {"BackupDescription": {"BackupDetails": {"BackupArn": BackupArn, "BackupStatus": next(self.looks)}}}
            def get_paginator(self, operation):
                return self
            def paginate(self, TableName, ConsistentRead):
                return [{"Items": [{"pk": {"S": pk}, "sk": {"S": "-"}} for pk in self.tables[TableName]]}]
            def delete_item(self, TableName, Key):
                print("delete", TableName, Key["pk"]["S"])
            def __getattr__(self, name):
                return lambda *_, **given: print(name, given.get("TableName", given.get("TargetTableName", ""))) or self
        sys.argv = ["recover-table.py", *given["arguments"]]
        recover.main()
        """;

    [Fact]
    public async Task Swap_WhileABackupIsBeingMade_DeletesNothingUntilItIsThere()
    {
        var (code, printed) = await RunAsync(
            ["CREATING", "CREATING", "AVAILABLE", "CREATING", "AVAILABLE"],
            ["swap", "--damaged", "bad", "--by", "good"]
        );

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "back up good",
                "sleep",
                "sleep",
                "sleep",
                "back up bad",
                "sleep",
                "sleep",
                "the damaged table is kept as bad",
                "delete_table bad",
            ],
            printed.Take(9)
        );
        Assert.Contains("restore_table_from_backup bad", printed);
    }

    [Fact]
    public async Task Swap_WhoseBackupIsDeleted_DeletesNoTable()
    {
        var (code, printed) = await RunAsync(["AVAILABLE", "CREATING", "DELETED"], ["swap", "--damaged", "bad", "--by", "good"]);

        Assert.Equal(1, code);
        Assert.DoesNotContain(printed, line => line.StartsWith("delete", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "LOOKUP#gone NONCE#used")]
    [InlineData("--bring-back LOOKUP", "NONCE#used")]
    [InlineData("--leave-out LISTING", "LISTING#gone LOOKUP#gone NONCE#used")]
    public async Task Fill_WhatOnlyTheBackupHas_IsLeftOutWhereItWasWithdrawn(string options, string leftOut)
    {
        var (code, printed) = await RunAsync(
            [],
            ["fill", "--from", "bad", "--to", "good", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]
        );

        Assert.Equal(0, code);
        var deleted = printed.Where(line => line.StartsWith("delete good ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);
        Assert.Equal(leftOut.Split(' '), deleted.Order(StringComparer.Ordinal));
        // Each is named, so that the operator sees whose it is.
        Assert.All(leftOut.Split(' '), key => Assert.Contains($"  {key} -", printed));
        Assert.Contains("  EXCHANGE#erased -", printed);
    }

    [Fact]
    public async Task Fill_ToldToLeaveOutEvidence_Refuses() =>
        Assert.Equal(2, (await RunAsync([], ["fill", "--from", "bad", "--to", "good", "--leave-out", "EXCHANGE"])).Code);

    private static async Task<(int Code, List<string> Printed)> RunAsync(string[] looks, string[] arguments)
    {
        Assert.SkipUnless(await OperatorProcess.HasModuleAsync("json"), "Python is not installed.");
        var given = new
        {
            script = Path.Combine(Runbook.Root, "eng", "recover-table.py"),
            looks,
            arguments,
            tables = new Dictionary<string, string[]>
            {
                ["good"] = ["EXCHANGE#erased", "LISTING#gone", "LOOKUP#gone", "LOOKUP#stays", "NONCE#used", "USAGE#void"],
                ["bad"] = ["LOOKUP#stays"],
            },
        };
        var start = new ProcessStartInfo("python3", ["-c", Driver]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(given));
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
