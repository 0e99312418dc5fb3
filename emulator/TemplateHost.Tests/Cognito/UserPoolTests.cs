using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

public sealed class UserPoolTests
{
    [Fact]
    public async Task SignUp_Confirm_SignIn_GivesTokensOfThePool()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        var sub = await parties.RegisterAsync("Alice");
        var claims = Parties.ClaimsOf((await parties.SignInAsync("alice"))["AccessToken"]!.GetValue<string>());
        Assert.Equal(
            (sub, "access", parties.ClientId),
            (claims["sub"]!.ToString(), claims["token_use"]!.ToString(), claims["client_id"]!.ToString())
        );
        Assert.Equal($"https://cognito-idp.us-east-1.amazonaws.com/{parties.PoolId}", claims["iss"]!.ToString());
    }

    [Fact]
    public async Task KeySet_IsPublishedUnsigned()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        using var response = await host.Client.GetAsync($"{host.Host.AwsUrl}/{new Parties(host).PoolId}/.well-known/jwks.json");
        var keys = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["keys"]!.AsArray();
        Assert.Equal("RS256", Assert.Single(keys)!["alg"]!.GetValue<string>());
    }

    [Fact]
    public async Task User_WithAnAttributeTwice_IsRefused()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var attribute = new JsonObject { ["Name"] = "email", ["Value"] = "a@example.com" };

        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync(
                "cognito-idp",
                "AdminCreateUser",
                new JsonObject
                {
                    ["UserPoolId"] = new Parties(host).PoolId,
                    ["Username"] = "twice",
                    ["UserAttributes"] = new JsonArray(attribute, attribute.DeepClone()),
                }
            )
        );

        Assert.Equal("InvalidParameterException", refused.Code);
        Assert.Empty(host.Faults);
    }

    [Fact]
    public async Task SignIn_BeforeConfirmation_IsUserNotConfirmed()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.SignUpAsync("bob");
        Assert.Equal("UserNotConfirmedException", await CodeOf(() => parties.SignInAsync("bob")));
    }

    [Theory]
    [InlineData("short1A", "InvalidPasswordException")]
    [InlineData("nouppercase123", "InvalidPasswordException")]
    [InlineData("NoNumbersAtAll", "InvalidPasswordException")]
    public async Task SignUp_WithBadPassword_IsRefused(string password, string code)
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        Assert.Equal(code, await CodeOf(() => new Parties(host).SignUpAsync("carol", password)));
    }

    [Fact]
    public async Task SignUp_Twice_IsUsernameExists()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.SignUpAsync("dave");
        Assert.Equal("UsernameExistsException", await CodeOf(() => parties.SignUpAsync("DAVE")));
    }

    [Fact]
    public async Task Confirm_WithWrongOrOldCode_IsRefused()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.SignUpAsync("eve");
        Assert.Equal("CodeMismatchException", await CodeOf(() => parties.ConfirmAsync("eve", "000000x")));
        host.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("ExpiredCodeException", await CodeOf(() => parties.ConfirmAsync("eve", parties.CodeOf("eve"))));
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownUser_AreTheSameRefusal()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.RegisterAsync("frank");
        Assert.Equal("NotAuthorizedException", await CodeOf(() => parties.SignInAsync("frank", "Wrong-password-1")));
        Assert.Equal("NotAuthorizedException", await CodeOf(() => parties.SignInAsync("nobody")));
    }

    [Fact]
    public async Task Refresh_UntilSignOut_GivesNewAccessTokens()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.RegisterAsync("grace");
        var tokens = await parties.SignInAsync("grace");
        host.Time.Advance(TimeSpan.FromMinutes(59));
        var renewed = await parties.RefreshAsync(tokens["RefreshToken"]!.GetValue<string>());
        await host.CallAsync(
            "cognito-idp",
            "GlobalSignOut",
            new JsonObject { ["AccessToken"] = renewed["AccessToken"]!.GetValue<string>() }
        );
        Assert.Equal("NotAuthorizedException", await CodeOf(() => parties.RefreshAsync(tokens["RefreshToken"]!.GetValue<string>())));
        Assert.Equal(
            "NotAuthorizedException",
            await CodeOf(() =>
                host.CallAsync("cognito-idp", "GetUser", new JsonObject { ["AccessToken"] = renewed["AccessToken"]!.GetValue<string>() })
            )
        );
    }

    [Fact]
    public async Task ChangePassword_GuessedFiveTimes_LocksTheNameForTheSignInToo()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.RegisterAsync("Heidi");
        var token = (await parties.SignInAsync("heidi"))["AccessToken"]!.GetValue<string>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("Incorrect username or password.", await RefusalOf(() => ChangeAsync(host, token, "Wrong-horse-1")));
        }

        Assert.Equal("Password attempts exceeded", await RefusalOf(() => ChangeAsync(host, token, Parties.Password)));
        Assert.Equal("Password attempts exceeded", await RefusalOf(() => parties.SignInAsync("heidi")));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await ChangeAsync(host, token, Parties.Password);
        await parties.SignInAsync("heidi", "Another-horse-2");
    }

    private static Task<JsonObject> ChangeAsync(TestHost host, string token, string previous) =>
        host.CallAsync(
            "cognito-idp",
            "ChangePassword",
            new JsonObject
            {
                ["AccessToken"] = token,
                ["PreviousPassword"] = previous,
                ["ProposedPassword"] = "Another-horse-2",
            }
        );

    private static async Task<string> RefusalOf(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<AwsCallException>(call);
        Assert.Equal("NotAuthorizedException", refused.Code);
        return refused.Body["message"]!.GetValue<string>();
    }

    private static async Task<string> CodeOf(Func<Task> call) => (await Assert.ThrowsAsync<AwsCallException>(call)).Code;
}
