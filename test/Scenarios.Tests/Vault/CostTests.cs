using FairShare.Testing;
using FairShare.Vault.Items;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// What an item costs that is stored, opened once and done, counted by the host's own meter until the last timer has run off, as the table
/// in docs/vault-table.md says. How long functions run depends on the machine: the page's assumption stands in for it.
/// </summary>
public sealed class CostTests
{
    private const double FunctionSeconds = 0.015;

    /// <summary>
    /// How many bytes the object has, after how many minutes it is opened, what its life takes, and the dollars of a million such items.
    /// </summary>
    public static TheoryData<int, int, string, double> Lives =>
        new()
        {
            // In the table.
            { 700, 0, "3 calls, 3 units read, 22 written, 5 functions, 0 requests of S3", 18.44 },
            { ItemSize.LargestInline, 0, "3 calls, 3 units read, 30 written, 5 functions, 0 requests of S3", 23.44 },
            // In the bucket; where the presigned upload is good when the item ends, the object is deleted once more.
            { 5000, 0, "4 calls, 3 units read, 20 written, 6 functions, 3 requests of S3", 24.25 },
            { 5000, 90, "4 calls, 3 units read, 19 written, 6 functions, 3 requests of S3", 23.63 },
        };

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Item_StoredOpenedAndDone_TakesWhatThePageSays(int length, int minutes, string expected, double dollars)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(new() { Listen = false, Time = time }, TestTemplate.WithoutLog(), isJudged: false);
        using var alice = await TestParty.SignUpAsync(host, "alice");
        // The first item of a party makes what counts them.
        await TestVaultItem.StoreAsync(alice, length);
        var before = host.Embedded.MeterTotals.ToDictionary();

        var item = await TestVaultItem.StoreAsync(alice, length, opens: 1, seconds: 7200);
        time.Advance(TimeSpan.FromMinutes(minutes));
        var ticket = item.NewTicket();
        Assert.Equal(item.Content, await item.FetchAsync((await item.OpenAsync(ticket)).Require(200)));
        (await item.DoneAsync(ticket)).Require(200);
        var invocations = length > ItemSize.LargestInline ? 5 : 4;
        await UntilAsync(() => host.Since(before).GetValueOrDefault("lambda.request") >= invocations);
        // The item's timer, or that of its last presigned upload.
        time.Advance(TimeSpan.FromHours(3));
        await UntilAsync(() => host.Since(before).GetValueOrDefault("lambda.request") >= invocations + 1);

        var used = host.Since(before);
        Assert.Equal(expected, Described(used));
        Assert.Equal(dollars, MeteredUnits.Dollars(used, FunctionSeconds), 0.005);
    }

    private static string Described(Dictionary<string, double> used) =>
        string.Join(
            ", ",
            $"{used["apiGateway.httpRequest"]} calls",
            $"{used["dynamodb.readRequestUnit"]} units read",
            $"{used["dynamodb.writeRequestUnit"]} written",
            $"{used["lambda.request"]} functions",
            $"{used.GetValueOrDefault("s3.put") + used.GetValueOrDefault("s3.get")} requests of S3"
        );

    private static async Task UntilAsync(Func<bool> satisfied)
    {
        for (var attempt = 0; attempt < 6000 && !satisfied(); attempt++)
        {
            await Task.Delay(50);
        }

        Assert.True(satisfied());
    }
}
