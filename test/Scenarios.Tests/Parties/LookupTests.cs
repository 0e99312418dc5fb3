using System.Text.Json.Nodes;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>A party is found by its verified address if it says so, and nobody learns anything of the others.</summary>
public sealed class LookupTests : IAsyncLifetime
{
    private const int Limit = 60;

    private readonly ShiftedTime time = new();
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty bob = null!;

    public async ValueTask InitializeAsync()
    {
        // What the table is asked for is compared, and the log would ask on its own.
        host = await TestHost.StartAsync(new() { Listen = false, Time = time }, TestTemplate.WithoutLog());
        alice = await TestParty.JoinAsync(host, "alice");
        bob = await TestParty.JoinAsync(host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        alice.Dispose();
        bob.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task LookUp_PartyThatAllowsIt_IsFoundUntilItDoesNot()
    {
        Assert.Equal("party-not-found", (await LookUpAsync("bob@example.com")).Code);

        var allowed = (await AllowAsync(bob)).Require(200);
        Assert.Equal((true, "bob@example.com"), (allowed["allowed"].GetValue<bool>(), allowed.Text("email")));
        Assert.Equal(bob.Id.ToString(), (await LookUpAsync("bob@example.com")).Require(200).Text("party"));
        Assert.Equal(bob.Id.ToString(), (await LookUpAsync("Bob@Example.com")).Require(200).Text("party"));
        Assert.Equal("party-not-found", (await LookUpAsync("bob@example.co")).Code);
        (await AllowAsync(bob)).Require(200);

        Assert.False((await bob.DeleteAsync("/parties/lookup/address")).Require(200)["allowed"].GetValue<bool>());
        (await bob.DeleteAsync("/parties/lookup/address")).Require(200);
        Assert.Equal("party-not-found", (await LookUpAsync("bob@example.com")).Code);
    }

    [Fact]
    public async Task LookUp_UnknownHiddenAndFormer_AreToldApartByNothing()
    {
        using var former = await TestParty.JoinAsync(host, "former");
        (await AllowAsync(former)).Require(200);
        (await former.DeleteAsync("/parties/lookup/address")).Require(200);
        // An address that leads to a party which is looked up by another one now.
        using var first = await TestParty.SignUpAsync(host, "first", "shared@example.com");
        (await AllowAsync(first)).Require(200);
        using var second = await TestParty.SignUpAsync(host, "second", "shared@example.com");
        (await AllowAsync(second)).Require(200);
        (await second.DeleteAsync("/parties/lookup/address")).Require(200);
        // Each hour's first call costs more than the others.
        await LookUpAsync("warm@example.com");

        var seen = new List<string>();
        foreach (var address in new[] { "nobody@example.com", "bob@example.com", "former@example.com", "shared@example.com" })
        {
            var before = Work();
            var answer = await LookUpAsync(address);
            seen.Add($"{answer.Status} {answer.Body?.ToJsonString()} {Work() - before}");
        }

        Assert.Single(seen.Distinct());
        // Two reads, and a write that counts.
        Assert.EndsWith(" 3", seen[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookUp_AtTheLimit_IsRefusedWhoeverIsAskedFor()
    {
        (await AllowAsync(bob)).Require(200);
        var answers = await Task.WhenAll(Enumerable.Range(0, Limit + 5).Select(_ => LookUpAsync("nobody@example.com")));
        Assert.Equal(Limit, answers.Count(answer => answer.Code == "party-not-found"));
        Assert.Equal((429, "too-many-lookups"), Of(await LookUpAsync("bob@example.com")));
        Assert.Equal((429, "too-many-lookups"), Of(await LookUpAsync("nobody@example.com")));
        (await alice.PostAsync("/keys/nonces")).Require(201);
        (await bob.PostAsync("/parties/lookup", new JsonObject { ["email"] = "bob@example.com" })).Require(200);

        time.Advance(TimeSpan.FromHours(1));
        await alice.SignInAgainAsync();
        (await LookUpAsync("bob@example.com")).Require(200);
    }

    [Fact]
    public async Task Allow_AddressThatAnotherPartyHasVerifiedSince_IsTheLaterOnes()
    {
        using var first = await TestParty.SignUpAsync(host, "first", "shared@example.com");
        using var second = await TestParty.SignUpAsync(host, "second", "shared@example.com");
        (await AllowAsync(first)).Require(200);
        (await AllowAsync(second)).Require(200);
        Assert.Equal(second.Id.ToString(), (await LookUpAsync("shared@example.com")).Require(200).Text("party"));

        (await first.DeleteAsync("/parties/lookup/address")).Require(200);

        Assert.Equal(second.Id.ToString(), (await LookUpAsync("shared@example.com")).Require(200).Text("party"));
    }

    [Fact]
    public async Task Allow_AddressThatIsNotVerified_IsRefusedAndNobodyIsFound()
    {
        using var mallory = await SignUpUnverifiedAsync("mallory", "victim@example.com");
        Assert.Equal((409, "no-verified-address"), Of(await AllowAsync(mallory)));
        Assert.Equal("party-not-found", (await LookUpAsync("victim@example.com")).Code);
    }

    [Fact]
    public async Task Announce_AudienceOfNobodyAndOfAPartyWithoutAKey_AreRefusedAlike()
    {
        using var keyless = await TestParty.SignUpAsync(host, "keyless");
        var answers = new List<string>();
        foreach (var party in new[] { "0f8fad5b-d9cb-469f-a165-70867728950e", keyless.Id.ToString() })
        {
            var announcement = TestDocument.Announce([1, 2, 3], bob);
            announcement["audience"]!.AsArray().Add(party);
            var answer = await alice.PostAsync("/documents", announcement);
            Assert.Equal((409, "unknown-party"), Of(answer));
            answers.Add(answer.Body!.ToJsonString());
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Empty((await alice.GetAsync("/documents?role=uploader")).Require(200)["documents"].AsArray());
        await keyless.RegisterKeyAsync(keyless.Signer);
        await TestDocument.DepositAsync(alice, bob, keyless);
    }

    private static (int Status, string? Code) Of(Answer answer) => (answer.Status, answer.Code);

    private static Task<Answer> AllowAsync(TestParty party) => party.PostAsync("/parties/lookup/address");

    private Task<Answer> LookUpAsync(string address) => alice.PostAsync("/parties/lookup", new JsonObject { ["email"] = address });

    /// <summary>What the table was asked for so far, in its units: how long that takes differs from machine to machine.</summary>
    private double Work() =>
        host.Embedded.MeterTotals.Where(total => total.Key.StartsWith("dynamodb.", StringComparison.Ordinal)).Sum(total => total.Value);

    /// <summary>A party whom an administrator has let in without the code that was mailed.</summary>
    private async Task<TestParty> SignUpUnverifiedAsync(string name, string address)
    {
        var root = SignedAwsClient.OfRoot(host);
        return await TestParty.SignUpAsync(
            host,
            name,
            address,
            async () =>
                (
                    await root.CallAsync(
                        "cognito-idp",
                        "AWSCognitoIdentityProviderService.AdminConfirmSignUp",
                        new JsonObject { ["UserPoolId"] = host.Embedded.Outputs["UserPoolId"], ["Username"] = name }
                    )
                ).Require(200)
        );
    }
}
