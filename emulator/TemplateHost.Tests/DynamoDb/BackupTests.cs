using Amazon.DynamoDBv2.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>Backups on demand, and tables that are restored from them.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Restore_OfABackup_HasTheItemsAndIndexesOfThen()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync("a", 1, ("g", new AttributeValue("x")));
        await table.PutAsync("b", 1, ("g", new AttributeValue("x")));
        var backup = await table.Client.CreateBackupAsync(new CreateBackupRequest { TableName = TestTable.Name, BackupName = "before" });
        await table.Client.DeleteItemAsync(TestTable.Name, TestTable.Key("a"));
        await table.PutAsync("c", 1, ("g", new AttributeValue("x")));
        await RestoreAsync(table, backup.BackupDetails.BackupArn, "restored");

        Assert.Equal(["a", "b"], await ScanAsync(table, "restored"));
        Assert.Equal(["b", "c"], await ScanAsync(table, TestTable.Name));
        var query = new QueryRequest
        {
            TableName = "restored",
            IndexName = "byG",
            KeyConditionExpression = "g = :g",
            ExpressionAttributeValues = new() { [":g"] = new AttributeValue("x") },
        };
        Assert.Equal(["a", "b"], (await table.Client.QueryAsync(query)).Items.Select(item => item["pk"].S).Order(StringComparer.Ordinal));
        await table.Client.PutItemAsync("restored", TestTable.Key("d"));
        Assert.Equal(["a", "b", "d"], await ScanAsync(table, "restored"));
    }

    [Fact]
    public async Task Restore_OfABackup_HasNeitherStreamNorTimeToLive()
    {
        await using var table = await TestTable.StartAsync();
        var backup = await table.Client.CreateBackupAsync(new CreateBackupRequest { TableName = TestTable.Name, BackupName = "before" });
        await RestoreAsync(table, backup.BackupDetails.BackupArn, "restored");
        var described = (await table.Client.DescribeTableAsync("restored")).Table;
        Assert.Null(described.LatestStreamArn);
        var timeToLive = await table.Client.DescribeTimeToLiveAsync("restored");
        Assert.Equal("DISABLED", timeToLive.TimeToLiveDescription.TimeToLiveStatus.Value);
    }

    [Fact]
    public async Task Restore_OverATableOrOfNoBackup_IsRefused()
    {
        await using var table = await TestTable.StartAsync();
        var backup = await table.Client.CreateBackupAsync(new CreateBackupRequest { TableName = TestTable.Name, BackupName = "before" });
        var arn = backup.BackupDetails.BackupArn;
        await Assert.ThrowsAsync<TableAlreadyExistsException>(() => RestoreAsync(table, arn, TestTable.Name));
        await Assert.ThrowsAsync<BackupNotFoundException>(() => RestoreAsync(table, arn + "0", "restored"));
    }

    private static async Task RestoreAsync(TestTable table, string arn, string name)
    {
        await table.Client.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = arn, TargetTableName = name });
        while ((await table.Client.DescribeTableAsync(name)).Table.TableStatus != "ACTIVE")
        {
            await Task.Delay(20);
        }
    }

    private static async Task<IEnumerable<string>> ScanAsync(TestTable table, string name) =>
        (await table.Client.ScanAsync(new ScanRequest { TableName = name }))
            .Items.Select(item => item["pk"].S)
            .Order(StringComparer.Ordinal);
}
