using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>A thousand calls at once: opens and guesses are counted exactly.</summary>
public sealed class RaceTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private const int Callers = 1000;

    [Theory]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task Open_AThousandAtOnceOfAnItemWithThree_ThreeSucceed(int length)
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, length, opens: 3);
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => item.OpenAsync()));

        var granted = answers.Where(answer => answer.Status == 200).ToList();
        Assert.Equal(3, granted.Count);
        Assert.All(await Task.WhenAll(granted.Select(item.FetchAsync)), content => Assert.Equal(item.Content, content));
        // A right opener may meet a lock that others hold for a moment.
        Assert.All(
            answers.Except(granted),
            answer => Assert.Contains(answer.Code, new[] { "vault-item-gone", "vault-item-not-found", "vault-locked", "busy" })
        );
        var status = (await item.StatusAsync()).Require(200);
        Assert.Equal((3, 0), (status["opens"].GetValue<int>(), status["guesses"].GetValue<int>()));
    }

    [Fact]
    public async Task Open_AThousandWrongGuessesAtOnce_TenAreComparedThenOneAnHour()
    {
        var before = (Opens: Metered("VaultOpens"), Locks: Metered("VaultLocks"));
        var item = await TestVaultItem.StoreAsync(world.Alice);
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => item.GuessAsync()));

        Assert.Equal(10, answers.Count(answer => answer.Code == "vault-wrong-password"));
        Assert.Equal(Callers - 10, answers.Count(answer => answer.Code == "vault-locked"));
        Assert.Equal("vault-locked", (await item.OpenAsync()).Code);
        for (var hour = 0; hour < 3; hour++)
        {
            await world.AdvanceAsync(TimeSpan.FromMinutes(61));
            var later = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => item.GuessAsync()));
            Assert.Single(later, answer => answer.Code == "vault-wrong-password");
        }

        await world.AdvanceAsync(TimeSpan.FromMinutes(61));
        (await item.OpenAsync()).Require(200);
        Assert.Equal(9, (await item.StatusAsync())["guesses"].GetValue<int>());
        // One opened; all were refused but ten at first, and 19 of 20 in each hour, and one who had the right password.
        Assert.Equal((1, Callers - 10 + 1 + (3 * 19)), (Metered("VaultOpens") - before.Opens, Metered("VaultLocks") - before.Locks));
    }

    [Fact]
    public async Task Open_OfALockedItem_SaysWhenTheNextGuessIsCompared()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice);
        for (var guess = 0; guess < 10; guess++)
        {
            Assert.Equal("vault-wrong-password", (await item.GuessAsync()).Code);
        }

        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{world.Host.Embedded.ApiUrl}{item.Path}/open")
        {
            Content = new StringContent(
                $$"""{"auth":"{{Core.Encoding.Base64UrlText.Encode(item.Auth)}}","ticket":"{{item.NewTicket()}}"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        using var response = await world.Host.Http.SendAsync(request);
        Assert.Equal(429, (int)response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(59));
        var locked = (await item.StatusAsync())["lockedUntil"].GetValue<string>();
        Assert.Contains($"at {locked},", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        (await item.LimitAsync(new() { ["unlock"] = true })).Require(200);
        (await item.OpenAsync()).Require(200);
        Assert.Equal(0, (await item.StatusAsync())["guesses"].GetValue<int>());
    }

    private double Metered(string name) => world.Metrics.Total("FairShare", name);
}
