using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>Authenticators: who has one logs in with a code of it, each code once, whatever way the password was shown.</summary>
public sealed class SoftwareTokenTests : IAsyncLifetime
{
    private TestHost host = null!;
    private Parties parties = null!;
    private string access = "";

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        parties = new Parties(host);
        await parties.RegisterAsync("alice");
        access = (await parties.SignInAsync("alice"))["AccessToken"]!.ToString();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    public async Task LogIn_WithAnAuthenticator_TakesACodeOnce(string flow)
    {
        var secret = await EnableAsync();
        // The code that verified the secret is used up, too.
        await RefusedAsync("ExpiredCodeException", async () => await AnswerAsync(await ChallengeAsync(flow), CodeNow(secret)));

        host.Time.Advance(TimeSpan.FromSeconds(30));
        var session = await ChallengeAsync(flow);
        var tokens = await AnswerAsync(session, CodeNow(secret));
        Assert.NotNull(tokens["AuthenticationResult"]!["AccessToken"]);
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync(session, CodeNow(secret)));
        await RefusedAsync("ExpiredCodeException", async () => await AnswerAsync(await ChallengeAsync(flow), CodeNow(secret)));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Code_OfAClockThatIsOff_IsTakenWithinOneStep(int steps, bool taken)
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        var session = await ChallengeAsync();
        var code = CodeOf(secret, host.Time.GetUtcNow().AddSeconds(30 * steps));
        if (taken)
        {
            await AnswerAsync(session, code);
        }
        else
        {
            await RefusedAsync("CodeMismatchException", () => AnswerAsync(session, code));
            await AnswerAsync(session, CodeNow(secret));
        }
    }

    [Fact]
    public async Task Code_EarlierThanOneThatWasTaken_IsRefused()
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await AnswerAsync(await ChallengeAsync(), CodeOf(secret, host.Time.GetUtcNow().AddSeconds(30)));
        await RefusedAsync("ExpiredCodeException", async () => await AnswerAsync(await ChallengeAsync(), CodeNow(secret)));
    }

    [Fact]
    public async Task Codes_GuessedFiveTimes_AreLookedAtNoMoreForAnHour()
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        var session = await ChallengeAsync();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CodeOfRefusalAsync(() => AnswerAsync(session, "wrong"))));
        Assert.Equal(5, guesses.Count(guess => guess == "CodeMismatchException"));
        Assert.Equal(15, guesses.Count(guess => guess == "LimitExceededException"));
        await RefusedAsync("LimitExceededException", async () => await AnswerAsync(await ChallengeAsync(), CodeNow(secret)));
        host.Time.Advance(TimeSpan.FromHours(1));
        await AnswerAsync(await ChallengeAsync(), CodeNow(secret));
    }

    [Fact]
    public async Task Session_OfAnotherUserOrTooOldOrBeforeANewPassword_IsRefused()
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        var session = await ChallengeAsync();
        await parties.RegisterAsync("bob");
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync(session, CodeNow(secret), "bob"));
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync("none", CodeNow(secret)));
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync("none", CodeNow(secret), "nobody"));
        host.Time.Advance(TimeSpan.FromMinutes(3));
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync(session, CodeNow(secret)));

        session = await ChallengeAsync();
        await SetPasswordAsync("Another-horse-2", permanent: true);
        await RefusedAsync("NotAuthorizedException", () => AnswerAsync(session, CodeNow(secret)));
    }

    [Fact]
    public async Task NewPassword_OfAUserWithAnAuthenticator_IsFollowedByACode()
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await SetPasswordAsync("Temporary-horse-3", permanent: false);
        var challenge = await SrpTestLogin.RunAsync(host, parties, "alice", "Temporary-horse-3");
        Assert.Equal("NEW_PASSWORD_REQUIRED", challenge["ChallengeName"]!.ToString());

        var next = await parties.RespondAsync(
            "NEW_PASSWORD_REQUIRED",
            new JsonObject { ["USERNAME"] = "alice", ["NEW_PASSWORD"] = "Another-horse-2" },
            challenge["Session"]!.ToString()
        );

        Assert.Null(next["AuthenticationResult"]);
        Assert.Equal("SOFTWARE_TOKEN_MFA", next["ChallengeName"]!.ToString());
        Assert.NotNull((await AnswerAsync(next["Session"]!.ToString(), CodeNow(secret)))["AuthenticationResult"]);
    }

    [Fact]
    public async Task Secret_AskedForAgain_LeavesTheVerifiedOneInUseUntilItIsVerified()
    {
        var secret = await EnableAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        var other = await AssociateAsync();
        await RefusedAsync("EnableSoftwareTokenMFAException", () => VerifyAsync("wrong"));
        await AnswerAsync(await ChallengeAsync(), CodeNow(secret));
        await VerifyAsync(CodeNow(other));
        host.Time.Advance(TimeSpan.FromSeconds(30));
        await RefusedAsync("CodeMismatchException", async () => await AnswerAsync(await ChallengeAsync(), CodeNow(secret)));
        await AnswerAsync(await ChallengeAsync(), CodeNow(other));
    }

    [Fact]
    public async Task Preference_IsDescribedAndTakenBackByUserOrAdministrator()
    {
        await RefusedAsync("InvalidParameterException", () => PreferAsync(enabled: true));
        await RefusedAsync("InvalidParameterException", () => VerifyAsync("000000"));
        await EnableAsync();
        var user = await host.CallAsync("cognito-idp", "GetUser", new JsonObject { ["AccessToken"] = access });
        Assert.Equal(
            ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA"),
            (user["UserMFASettingList"]![0]!.ToString(), user["PreferredMfaSetting"]!.ToString())
        );
        await PreferAsync(enabled: false);
        await parties.SignInAsync("alice");

        await PreferAsync(enabled: true);
        await ChallengeAsync();
        await host.CallAsync(
            "cognito-idp",
            "AdminSetUserMFAPreference",
            new JsonObject
            {
                ["UserPoolId"] = parties.PoolId,
                ["Username"] = "alice",
                ["SoftwareTokenMfaSettings"] = new JsonObject { ["Enabled"] = false },
            }
        );
        await parties.SignInAsync("alice");
    }

    [Fact]
    public async Task Pool_WithoutAuthenticators_RefusesThem()
    {
        var resources = Parties.Resources.Replace("\"OPTIONAL\"", "\"OFF\"", StringComparison.Ordinal);
        await using var other = await TestHost.StartAsync(TestHost.Template(resources));
        var others = new Parties(other);
        await others.RegisterAsync("alice");
        var token = (await others.SignInAsync("alice"))["AccessToken"]!.ToString();
        await RefusedAsync(
            "SoftwareTokenMFANotFoundException",
            () => other.CallAsync("cognito-idp", "AssociateSoftwareToken", new JsonObject { ["AccessToken"] = token })
        );
    }

    [Theory]
    [InlineData("\"OPTIONAL\"", "\"ON\"")]
    [InlineData("[\"SOFTWARE_TOKEN_MFA\"]", "[\"SMS_MFA\"]")]
    [InlineData("[\"SOFTWARE_TOKEN_MFA\"]", "[]")]
    public async Task Pool_WithAFactorThatIsNotServed_IsRefusedByName(string from, string to)
    {
        var resources = Parties.Resources.Replace(from, to, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(TestHost.Template(resources)));
        Assert.Contains("Mfa", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AssociateSoftwareToken", "Session")]
    [InlineData("VerifySoftwareToken", "Session")]
    [InlineData("SetUserMFAPreference", "SMSMfaSettings")]
    public async Task Member_NotServed_IsRefusedByName(string operation, string member)
    {
        var refusal = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("cognito-idp", operation, new JsonObject { ["AccessToken"] = access, [member] = "x" })
        );
        Assert.Equal("InvalidParameterException", refusal.Code);
        Assert.Contains(member, refusal.Body["message"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Gives alice an authenticator.</summary>
    /// <returns>Its secret.</returns>
    private async Task<string> EnableAsync()
    {
        var secret = await AssociateAsync();
        await VerifyAsync(CodeNow(secret));
        await PreferAsync(enabled: true);
        return secret;
    }

    private async Task<string> AssociateAsync() =>
        (await host.CallAsync("cognito-idp", "AssociateSoftwareToken", new JsonObject { ["AccessToken"] = access }))[
            "SecretCode"
        ]!.ToString();

    private Task<JsonObject> VerifyAsync(string code) =>
        host.CallAsync("cognito-idp", "VerifySoftwareToken", new JsonObject { ["AccessToken"] = access, ["UserCode"] = code });

    private Task<JsonObject> PreferAsync(bool enabled) =>
        host.CallAsync(
            "cognito-idp",
            "SetUserMFAPreference",
            new JsonObject
            {
                ["AccessToken"] = access,
                ["SMSMfaSettings"] = null,
                ["SoftwareTokenMfaSettings"] = new JsonObject { ["Enabled"] = enabled, ["PreferredMfa"] = enabled },
            }
        );

    private Task<JsonObject> SetPasswordAsync(string password, bool permanent) =>
        host.CallAsync(
            "cognito-idp",
            "AdminSetUserPassword",
            new JsonObject
            {
                ["UserPoolId"] = parties.PoolId,
                ["Username"] = "alice",
                ["Password"] = password,
                ["Permanent"] = permanent,
            }
        );

    /// <summary>Shows the right password.</summary>
    /// <returns>The session of the challenge that follows.</returns>
    private async Task<string> ChallengeAsync(string flow = "USER_PASSWORD_AUTH")
    {
        var parameters = new JsonObject { ["USERNAME"] = "alice", ["PASSWORD"] = Parties.Password };
        var answer =
            flow == "USER_SRP_AUTH" ? await SrpTestLogin.RunAsync(host, parties, "alice") : await parties.InitiateAsync(flow, parameters);
        Assert.Null(answer["AuthenticationResult"]);
        Assert.Equal("SOFTWARE_TOKEN_MFA", answer["ChallengeName"]!.ToString());
        return answer["Session"]!.ToString();
    }

    private Task<JsonObject> AnswerAsync(string session, string code, string name = "alice") =>
        parties.RespondAsync("SOFTWARE_TOKEN_MFA", new JsonObject { ["USERNAME"] = name, ["SOFTWARE_TOKEN_MFA_CODE"] = code }, session);

    private string CodeNow(string secret) => CodeOf(secret, host.Time.GetUtcNow());

    private static string CodeOf(string secret, DateTimeOffset time) => SoftwareToken.CodeAt(Base32(secret), time.ToUnixTimeSeconds() / 30);

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(
            text.Select(letter =>
                Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')
            )
        );
        return [.. Enumerable.Range(0, bits.Length / 8).Select(octet => Convert.ToByte(bits.Substring(octet * 8, 8), 2))];
    }

    private static async Task RefusedAsync(string code, Func<Task> call) => Assert.Equal(code, await CodeOfRefusalAsync(call));

    private static async Task<string> CodeOfRefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<AwsCallException>(call)).Code;
}
