using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>A client that hides who exists answers of a name without a user as of one with a user, and codes cannot be guessed.</summary>
public sealed class UserExistenceTests : IAsyncLifetime
{
    private const string Other = "Another-horse-2";

    private TestHost host = null!;
    private Parties parties = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        parties = new Parties(host);
        await parties.RegisterAsync("known");
        await parties.SignUpAsync("waiting");
        await parties.RegisterAsync("asking");
        await parties.CallAsync("ForgotPassword", "asking");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("known")]
    [InlineData("waiting")]
    [InlineData("asking")]
    public async Task Refusals_OfAnyUser_AreThoseOfNobody(string name)
    {
        (string Operation, (string, string)[] Members)[] calls =
        [
            ("ConfirmSignUp", [("ConfirmationCode", "none")]),
            ("ConfirmForgotPassword", [("ConfirmationCode", "none"), ("Password", Other)]),
        ];
        foreach (var (operation, members) in calls)
        {
            for (var attempt = 0; attempt < 6; attempt++)
            {
                var of = await RefusalAsync(() => parties.CallAsync(operation, name, members));
                Assert.Equal(await RefusalAsync(() => parties.CallAsync(operation, "nobody", members)), of);
                Assert.StartsWith(attempt < 5 ? "CodeMismatchException" : "LimitExceededException", of, StringComparison.Ordinal);
            }
        }

        for (var attempt = 0; attempt < 6; attempt++)
        {
            Assert.Equal(
                await RefusalAsync(() => parties.SignInAsync("nobody", Other)),
                await RefusalAsync(() => parties.SignInAsync(name, Other))
            );
        }
    }

    [Theory]
    [InlineData("ForgotPassword")]
    [InlineData("ResendConfirmationCode")]
    public async Task Codes_AskedForByAnyName_AreSaidToBeOnTheirWay(string operation)
    {
        foreach (var name in (string[])["known", "waiting", "asking", "nobody", "nobody@example.com", "@", "a@"])
        {
            var first = (await parties.CallAsync(operation, name))["CodeDeliveryDetails"]!;
            var second = (await parties.CallAsync(operation, name))["CodeDeliveryDetails"]!;
            Assert.Matches(@"^.\*\*\*@.\*\*\*$", first["Destination"]!.ToString());
            Assert.Equal(first.ToJsonString(), second.ToJsonString());
            Assert.Equal(("EMAIL", "email"), (first["DeliveryMedium"]!.ToString(), first["AttributeName"]!.ToString()));
        }

        Assert.Empty(host.Host.Mailbox.For("nobody@example.com"));
    }

    [Fact]
    public async Task Codes_AskedForTooOften_EndForAnyNameAlike()
    {
        foreach (var name in (string[])["waiting", "nobody"])
        {
            for (var mail = 0; mail < 20; mail++)
            {
                await parties.CallAsync("ResendConfirmationCode", name);
            }

            var refusal = await RefusalAsync(() => parties.CallAsync("ResendConfirmationCode", name));
            Assert.StartsWith("LimitExceededException", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Code_GuessedFiveTimes_IsNotTakenEvenWhenRightNorAfterANewOne()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await RefusalAsync(() => parties.ConfirmAsync("waiting", "none"));
        }

        Assert.StartsWith("LimitExceeded", await ConfirmInVainAsync(), StringComparison.Ordinal);
        await parties.CallAsync("ResendConfirmationCode", "waiting");
        Assert.StartsWith("LimitExceeded", await ConfirmInVainAsync(), StringComparison.Ordinal);
        host.Time.Advance(TimeSpan.FromMinutes(61));
        await parties.ConfirmAsync("waiting", parties.CodeOf("waiting"));
        await parties.SignInAsync("waiting");
    }

    [Fact]
    public async Task Guesses_AllAtOnce_AreCountedEach()
    {
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RefusalAsync(() => parties.ConfirmAsync("waiting", "none"))));

        Assert.Equal(5, guesses.Count(guess => guess.StartsWith("CodeMismatch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Password_Forgotten_IsResetByTheMailedCode()
    {
        await parties.CallAsync("ConfirmForgotPassword", "asking", ("ConfirmationCode", parties.CodeOf("asking")), ("Password", Other));

        await parties.SignInAsync("asking", Other);
        Assert.StartsWith("NotAuthorized", await RefusalAsync(() => parties.SignInAsync("asking")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfNobody_IsRefusedAsAnyOther()
    {
        var refusals = new List<string>();
        foreach (var name in (string[])["known", "nobody"])
        {
            refusals.Add(
                await RefusalAsync(() =>
                    host.CallAsync(
                        "cognito-idp",
                        "RespondToAuthChallenge",
                        new JsonObject
                        {
                            ["ClientId"] = parties.ClientId,
                            ["ChallengeName"] = "NEW_PASSWORD_REQUIRED",
                            ["Session"] = "none",
                            ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = name, ["NEW_PASSWORD"] = Other },
                        }
                    )
                )
            );
        }

        Assert.Equal(refusals[0], refusals[1]);
    }

    [Fact]
    public async Task Username_OfAnyLength_IsBounded()
    {
        foreach (var operation in (string[])["ForgotPassword", "ResendConfirmationCode"])
        {
            Assert.StartsWith(
                "InvalidParameter",
                await RefusalAsync(() => parties.CallAsync(operation, new string('x', 129))),
                StringComparison.Ordinal
            );
        }
    }

    private Task<string> ConfirmInVainAsync() => RefusalAsync(() => parties.ConfirmAsync("waiting", parties.CodeOf("waiting")));

    private static async Task<string> RefusalAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<AwsCallException>(call);
        return $"{refusal.Code} {refusal.Status} {refusal.Body["message"]}";
    }
}
