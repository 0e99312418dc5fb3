using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>Logins by SRP: who knows the password gets in, once a challenge, and nobody else learns anything.</summary>
public sealed class SrpTests : IAsyncLifetime
{
    private TestHost host = null!;
    private Parties parties = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(TestHost.Template(Parties.OnlySrp));
        parties = new Parties(host);
        await parties.RegisterAsync("Alice");
        await parties.RegisterAsync("bob");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task LogIn_RightPassword_GivesTokensOfTheUser()
    {
        var tokens = (await SrpTestLogin.RunAsync(host, parties, "aLICE"))["AuthenticationResult"]!;
        Assert.Equal("Alice", Parties.ClaimsOf(tokens["AccessToken"]!.ToString())["username"]!.ToString());
        await parties.RefreshAsync(tokens["RefreshToken"]!.ToString());
    }

    [Fact]
    public async Task LogIn_AfterARestartAndANewPassword_TakesTheNewOneAlone()
    {
        const string Other = "Another-horse-2";
        var tokens = (await SrpTestLogin.RunAsync(host, parties, "bob"))["AuthenticationResult"]!;
        host = await host.RestartAsync(TestHost.Template(Parties.OnlySrp));
        parties = new Parties(host);
        await SrpTestLogin.RunAsync(host, parties, "bob");
        var before = await SrpTestLogin.StartAsync(host, parties, "bob");
        await host.CallAsync(
            "cognito-idp",
            "ChangePassword",
            new JsonObject
            {
                ["AccessToken"] = tokens["AccessToken"]!.ToString(),
                ["PreviousPassword"] = Parties.Password,
                ["ProposedPassword"] = Other,
            }
        );

        await RefusedAsync(() => AnswerAsync(before.Answer()));
        await RefusedAsync(() => SrpTestLogin.RunAsync(host, parties, "bob"));
        await SrpTestLogin.RunAsync(host, parties, "bob", Other);
    }

    [Fact]
    public async Task Answer_Wrong_IsRefusedAndUsesUpTheChallenge()
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        await RefusedAsync(() => AnswerAsync(login.Answer("Wrong-horse-1")));
        await RefusedAsync(() => AnswerAsync(login.Answer()));
    }

    [Fact]
    public async Task Answer_Replayed_IsRefused()
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        var answer = login.Answer();
        await AnswerAsync(answer);
        await RefusedAsync(() => AnswerAsync(answer));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(() => AnswerAsync(login.Answer()));
    }

    [Fact]
    public async Task Answer_WithAnotherTimestampThanSigned_IsRefused()
    {
        var answer = (await SrpTestLogin.StartAsync(host, parties, "alice")).Answer();
        answer["TIMESTAMP"] = SrpTestLogin.Timestamp(host.Time.GetUtcNow().AddSeconds(1));
        await RefusedAsync(() => AnswerAsync(answer));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-6)]
    public async Task Answer_WithATimestampOfAnotherTime_IsRefused(int minutes)
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        var answer = login.Answer(timestamp: SrpTestLogin.Timestamp(host.Time.GetUtcNow().AddMinutes(minutes)));
        await RefusedAsync(() => AnswerAsync(answer), message: "The TIMESTAMP is not of now.");
    }

    [Fact]
    public async Task Answer_WithAnotherUsersOrAnotherChallengesSecretBlock_IsRefused()
    {
        foreach (var other in (string[])["bob", "alice"])
        {
            var login = await SrpTestLogin.StartAsync(host, parties, "alice");
            var block = (await SrpTestLogin.StartAsync(host, parties, other)).Challenge["SECRET_BLOCK"]!.ToString();
            await RefusedAsync(() => AnswerAsync(login.Answer(secretBlock: block)));
            // It was not tried: what was asked of the user is still open.
            await AnswerAsync(login.Answer());
        }
    }

    [Fact]
    public async Task Answer_OfOneUserToAnothersChallenge_IsRefused()
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        var answer = login.Answer();
        answer["USERNAME"] = "bob";
        await RefusedAsync(() => AnswerAsync(answer));
    }

    [Fact]
    public async Task Answer_AfterThreeMinutes_IsRefused()
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        host.Time.Advance(TimeSpan.FromMinutes(3));
        await RefusedAsync(() => AnswerAsync(login.Answer()));
    }

    [Theory]
    [InlineData("SRP_A", "0", "InvalidParameterException")]
    [InlineData("SRP_A", "N", "InvalidParameterException")]
    [InlineData("SRP_A", "no hex", "InvalidParameterException")]
    [InlineData("SRP_A", null, "InvalidParameterException")]
    [InlineData("USERNAME", null, "InvalidParameterException")]
    [InlineData("DEVICE_KEY", "x", "InvalidParameterException")]
    public async Task Initiate_BadParameter_IsRefusedByName(string name, string? value, string code)
    {
        var parameters = new JsonObject { ["USERNAME"] = "alice", ["SRP_A"] = "02" };
        parameters[name] = value == "N" ? Srp.Hex(Srp.Modulus) : value;
        Assert.Equal(code, (await Assert.ThrowsAsync<AwsCallException>(() => parties.InitiateAsync("USER_SRP_AUTH", parameters))).Code);
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("TIMESTAMP", "2026-01-01T00:00:00Z")]
    [InlineData("TIMESTAMP", null)]
    [InlineData("PASSWORD_CLAIM_SIGNATURE", "not base64!")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK", null)]
    [InlineData("DEVICE_KEY", "x")]
    public async Task Answer_BadResponse_IsRefusedByNameAndUsesNothingUp(string name, string? value)
    {
        var login = await SrpTestLogin.StartAsync(host, parties, "alice");
        var answer = login.Answer();
        answer[name] = value;
        Assert.Equal("InvalidParameterException", (await Assert.ThrowsAsync<AwsCallException>(() => AnswerAsync(answer))).Code);
        await AnswerAsync(login.Answer());
        Assert.Empty(host.Faults);
    }

    [Fact]
    public async Task Challenge_OfNobody_LooksLikeOneOfAUserAndIsRefusedAlike()
    {
        var (first, second) = (
            await SrpTestLogin.StartAsync(host, parties, "Nobody"),
            await SrpTestLogin.StartAsync(host, parties, "noBody")
        );
        var (known, again) = (await SrpTestLogin.StartAsync(host, parties, "aLice"), await SrpTestLogin.StartAsync(host, parties, "ALICE"));
        foreach (var (one, other, name) in new[] { (first, second, "nobody"), (known, again, "alice") })
        {
            Assert.Equal((name, name), (one.Challenge["USERNAME"]!.ToString(), one.Challenge["USER_ID_FOR_SRP"]!.ToString()));
            Assert.Equal(one.Challenge["SALT"]!.ToString(), other.Challenge["SALT"]!.ToString());
            Assert.NotEqual(one.Challenge["SRP_B"]!.ToString(), other.Challenge["SRP_B"]!.ToString());
            Assert.InRange(one.Challenge["SRP_B"]!.ToString().Length, 760, 770);
        }

        Assert.Equal(first.Challenge.Select(member => member.Key), known.Challenge.Select(member => member.Key));
        Assert.Equal(await RefusalAsync(known, "Wrong-horse-1"), await RefusalAsync(first, Parties.Password));
    }

    [Fact]
    public async Task Passwords_WrongByEitherFlow_LockTheNameForBoth()
    {
        foreach (var name in (string[])["alice", "nobody"])
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                await RefusedAsync(() => SrpTestLogin.RunAsync(host, parties, name, "Wrong-horse-1"));
            }

            await RefusedAsync(() => SrpTestLogin.RunAsync(host, parties, name), "Password attempts exceeded");
        }

        host.Time.Advance(TimeSpan.FromSeconds(2));
        await SrpTestLogin.RunAsync(host, parties, "alice");
    }

    [Fact]
    public async Task Flows_ThatTheClientDoesNotAllow_AreRefused()
    {
        var parameters = new JsonObject { ["USERNAME"] = "alice", ["PASSWORD"] = Parties.Password };
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => parties.InitiateAsync("USER_PASSWORD_AUTH", parameters));
        Assert.Equal(
            ("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"),
            (refused.Code, refused.Body["message"]!.ToString())
        );

        var passwordsOnly = Parties.Resources.Replace(
            "\"ALLOW_USER_SRP_AUTH\", \"ALLOW_REFRESH_TOKEN_AUTH\"",
            "\"ALLOW_CUSTOM_AUTH\"",
            StringComparison.Ordinal
        );
        await using var other = await TestHost.StartAsync(TestHost.Template(passwordsOnly));
        var others = new Parties(other);
        await others.RegisterAsync("alice");
        var tokens = await others.SignInAsync("alice");
        await Assert.ThrowsAsync<AwsCallException>(() => SrpTestLogin.StartAsync(other, others, "alice"));
        await Assert.ThrowsAsync<AwsCallException>(() => others.RefreshAsync(tokens["RefreshToken"]!.ToString()));
    }

    private Task<JsonObject> AnswerAsync(JsonObject responses) => parties.RespondAsync("PASSWORD_VERIFIER", responses);

    private async Task<string> RefusalAsync(SrpTestLogin login, string password)
    {
        var refusal = await Assert.ThrowsAsync<AwsCallException>(() => AnswerAsync(login.Answer(password)));
        return $"{refusal.Code} {refusal.Status} {refusal.Body["message"]}";
    }

    private static async Task RefusedAsync(Func<Task> call, string message = "Incorrect username or password.")
    {
        var refusal = await Assert.ThrowsAsync<AwsCallException>(call);
        Assert.Equal(("NotAuthorizedException", message), (refusal.Code, refusal.Body["message"]!.ToString()));
    }
}
