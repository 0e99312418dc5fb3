using FairShare.Testing;
using FairShare.Vault.Items;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>Hosts that go down between two steps, and answers that are lost within them: no half item, no open lost or gained.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-vault").FullName;
    private readonly ShiftedTime time = new();

    [Theory]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task Host_RestartedAfterEachStep_GoesOnWhereItStood(int length)
    {
        var host = await StartAsync();
        var alice = await TestParty.SignUpAsync(host, "alice");
        var item = TestVaultItem.New(host, length);
        var isSmall = length <= ItemSize.LargestInline;
        var grant = (await item.CreateAsync(alice, item.Announce(opens: 1, isInline: isSmall))).Require(201);
        if (!isSmall)
        {
            await RestartAsync();
            Assert.Equal("vault-not-stored", (await item.OpenAsync()).Code);
            using (
                var stored = await host.UploadAsync(
                    (await item.CreateAsync(alice, item.Announce(opens: 1))).Require(201)["upload"],
                    item.Content
                )
            )
            {
                stored.EnsureSuccessStatusCode();
            }

            await RestartAsync();
            (await item.CommitAsync()).Require(200);
        }

        await RestartAsync();
        var ticket = item.NewTicket();
        (await item.OpenAsync(ticket)).Require(200);
        await RestartAsync();
        Assert.Equal(item.Content, await item.FetchAsync((await item.OpenAsync(ticket)).Require(200)));
        await RestartAsync();
        (await item.DoneAsync(ticket)).Require(200);
        await RestartAsync();
        Assert.Equal("Done", await VaultWorld.WaitForEndAsync(item));
        Assert.Equal(0, (await alice.GetAsync("/vault/quota")).Require(200)["items"].GetValue<int>());
        await host.DisposeAsync();

        async Task RestartAsync()
        {
            await host.DisposeAsync();
            host = await StartAsync();
            alice = alice.On(host);
            item.On(host);
        }
    }

    [Theory]
    [InlineData(1, FaultKind.CutAfter)]
    [InlineData(2, FaultKind.CutBefore)]
    [InlineData(3, FaultKind.InternalError)]
    public async Task Open_WhileAnswersAreLost_IsNeverGivenMoreOrLessOftenThanStated(int seed, FaultKind fault)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Faults are planned for the calls of handlers in this process.");
        var plan = new FaultPlan(seed);
        await using var host = await TestHost.StartAsync(
            new EmbeddedHostOptions
            {
                Listen = false,
                Time = time,
                Faults = plan,
            }
        );
        using var alice = await TestParty.SignUpAsync(host, "alice");
        var item = await TestVaultItem.StoreAsync(alice, 300, opens: 3);
        plan.Rules = [new FaultRule(fault, 0.2, "dynamodb", null)];

        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OpenUntilDecidedAsync(item)));

        plan.Rules = [];
        Assert.Equal(3, opened.Count(answer => answer.Status == 200));
        Assert.All(opened.Where(answer => answer.Status != 200), answer => Assert.Equal("vault-item-gone", answer.Code));
        Assert.Equal(3, (await item.StatusAsync()).Require(200)["opens"].GetValue<int>());
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>Repeats with one ticket, as a client does, and as its owner unlocks what faults have locked.</summary>
    private static async Task<Answer> OpenUntilDecidedAsync(TestVaultItem item)
    {
        var ticket = item.NewTicket();
        while (true)
        {
            var answer = await item.OpenAsync(ticket);
            if (answer.Status is 200 or 410)
            {
                return answer;
            }

            if (answer.Code is "vault-locked" or "vault-item-not-found")
            {
                await item.LimitAsync(new() { ["unlock"] = true });
            }
        }
    }

    private Task<TestHost> StartAsync() =>
        TestHost.StartAsync(
            new()
            {
                Listen = false,
                DataDirectory = data,
                Time = time,
            }
        );
}
