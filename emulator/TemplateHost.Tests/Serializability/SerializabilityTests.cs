using Amazon.DynamoDBv2;
using Amazon.Runtime;
using TemplateHost.Hosting;
using TemplateHost.Storage;
using TemplateHost.Testing;
using TemplateHost.Tests.DynamoDb;
using Xunit;

namespace TemplateHost.Tests.Serializability;

public sealed class SerializabilityTests
{
    private static readonly string[] Keys = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 10)]
    public async Task Transactions_OfManyClients_AreSerializable(int seed, int milliseconds)
    {
        var (history, anomalies, conflicts) = await RunAsync(
            seed,
            clients: 12,
            transactionsEach: 40,
            decorate: null,
            TimeSpan.FromMilliseconds(milliseconds)
        );

        Assert.Empty(anomalies);
        Assert.Equal(480, history.Count);
        Assert.Contains(history, transaction => !transaction.Committed);
        Assert.NotEqual(0, conflicts);
        TestContext.Current.SendDiagnosticMessage(
            $"12 clients, {history.Count} transactions, {history.Count(transaction => !transaction.Committed)} cancelled, "
                + $"{conflicts} conflicts tried again, {anomalies.Count} anomalies"
        );
    }

    [Fact]
    public async Task Transactions_OnABrokenStore_AreCaught()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var (_, anomalies, _) = await RunAsync(seed, clients: 12, transactionsEach: 40, store => new TornStore(store));
            if (anomalies.Count > 0)
            {
                return;
            }
        }

        Assert.Fail("Ten runs on a store whose reads are torn showed no anomaly: the checker does not check.");
    }

    [Fact]
    public void Checker_OfWriteSkew_FindsTheCycle()
    {
        // Each saw the other's list still empty.
        List<RecordedTransaction> history =
        [
            new(1, new Dictionary<string, IReadOnlyList<int>> { ["b"] = [] }, ["a"], true),
            new(2, new Dictionary<string, IReadOnlyList<int>> { ["a"] = [] }, ["b"], true),
        ];

        var anomalies = new HistoryChecker(history, new Dictionary<string, IReadOnlyList<int>> { ["a"] = [1], ["b"] = [2] }).Check();

        Assert.Equal(["2 transactions stand on or behind a cycle of dependencies"], anomalies);
    }

    private static async Task<(List<RecordedTransaction> History, IReadOnlyList<string> Anomalies, int Conflicts)> RunAsync(
        int seed,
        int clients,
        int transactionsEach,
        Func<IStore, IStore>? decorate,
        TimeSpan duration = default
    )
    {
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            DecorateStore = decorate,
            TransactionDuration = duration,
        };
        await using var host = await SdkHost.StartAsync(TestTable.Template, options);
        var config = host.Configure(new AmazonDynamoDBConfig { HttpClientFactory = new InProcess(host.Host) });
        using var client = new AmazonDynamoDBClient(host.Root, config);
        var all = Enumerable.Range(0, clients).Select(number => new TransactionClient(client, Keys, (seed * 1000) + number)).ToList();
        await Task.WhenAll(all.Select((one, number) => Task.Run(() => one.RunAsync((number * transactionsEach) + 1, transactionsEach))));
        var history = all.SelectMany(one => one.History).ToList();
        return (history, new HistoryChecker(history, await all[0].ReadAsync(Keys)).Check(), all.Sum(one => one.Conflicts));
    }

    private sealed class InProcess(EmbeddedHost host) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.CreateHandler());
    }
}
