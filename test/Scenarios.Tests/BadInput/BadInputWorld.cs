using Amazon.DynamoDBv2.Model;
using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>A deployed application with three parties, and eyes on its whole table.</summary>
public sealed class BadInputWorld : Xunit.IAsyncLifetime
{
    private static readonly string[] Uncompared = ["USAGE#", "pk=LOG#", "pk=LOGHEAD#", "pk=STORE#LOG"];

    private readonly ShiftedTime time = new();
    private TableReader table = null!;
    private TableReader vault = null!;
    private TableReader webhooks = null!;

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    public TestParty Carol { get; private set; } = null!;

    /// <summary>Signed in, without a key.</summary>
    public TestParty Dave { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(new() { Time = time });
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
        Carol = await TestParty.JoinAsync(Host, "carol");
        Dave = await TestParty.SignUpAsync(Host, "dave");
        table = new TableReader(Host);
        vault = new TableReader(Host, "VaultTableName");
        webhooks = new TableReader(Host, "WebhookTableName");
        if (TestHost.PublishedFunctions is null)
        {
            // Keys are older than what a case dates back, whichever case comes first.
            time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Puts the clock forward: by so little that nobody need sign in again.</summary>
    public void Advance(TimeSpan by)
    {
        Xunit.Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        time.Advance(by);
    }

    /// <summary>
    /// Aborts a document of Alice's, and waits until no reader's listing has it: the store sees to that after it has answered.
    /// </summary>
    public async Task AbortAsync(string document)
    {
        (await Alice.PostAsync($"/documents/{document}/abort")).Require(200);
        for (var attempt = 0; attempt < 6000 && (await table.QueryAsync($"LISTING#{document}")).Count > 0; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Host.Time);
        }
    }

    /// <summary>
    /// Everything in all tables, in a form that can be compared; not what parties use, nor guesses, as a call that was refused may count,
    /// nor the log, which a sequencer carries on beside the calls.
    /// </summary>
    public async Task<string> PictureAsync() =>
        string.Join(
            '\n',
            (await table.ScanAsync())
                .Concat(await vault.ScanAsync())
                .Concat(await webhooks.ScanAsync())
                .Select(Describe)
                .Where(line => !Uncompared.Any(kind => line.Contains(kind, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal)
        );

    public async ValueTask DisposeAsync()
    {
        table.Dispose();
        vault.Dispose();
        webhooks.Dispose();
        foreach (var party in new[] { Alice, Bob, Carol, Dave })
        {
            party.Dispose();
        }

        await Host.DisposeAsync();
    }

    private static string Describe(Dictionary<string, AttributeValue> item) =>
        string.Join(
            '|',
            item.Where(pair => pair.Key is not ("guesses" or "lockedUntil"))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}")
        );
}
