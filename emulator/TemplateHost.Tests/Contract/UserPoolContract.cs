using System.Buffers.Text;
using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What Cognito promises of user pools: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/.</summary>
[DisplayName("Cognito")]
public sealed class UserPoolContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Password = "Secret-pass-1";

    [Theory, OnEachTarget]
    public Task Pool_Created_IsListedAndDescribed(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var pool = (await CallAsync(target, "CreateUserPool", """{"PoolName":"p"}"""))["UserPool"]!;
                Assert.Matches("^us-east-1_[0-9a-zA-Z]+$", pool["Id"]!.ToString());
                Assert.EndsWith($":userpool/{pool["Id"]}", pool["Arn"]!.ToString(), StringComparison.Ordinal);
                var listed = Assert.Single((await CallAsync(target, "ListUserPools", """{"MaxResults":10}"""))["UserPools"]!.AsArray())!;
                Assert.Equal((pool["Id"]!.ToString(), "p"), (listed["Id"]!.ToString(), listed["Name"]!.ToString()));
                await CallAsync(target, "DeleteUserPool", $$"""{"UserPoolId":"{{pool["Id"]}}"}""");
                Assert.Equal(
                    "ResourceNotFoundException",
                    (await CallAsync(target, "DescribeUserPool", $$"""{"UserPoolId":"{{pool["Id"]}}"}""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Client_Created_IsDescribed(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await PoolAsync(target);
                var described = (
                    await CallAsync(target, "DescribeUserPoolClient", $$"""{"UserPoolId":"{{pool}}","ClientId":"{{client}}"}""")
                )["UserPoolClient"]!;
                Assert.Equal(("app", pool), (described["ClientName"]!.ToString(), described["UserPoolId"]!.ToString()));
                Assert.Single(
                    (await CallAsync(target, "ListUserPoolClients", $$"""{"UserPoolId":"{{pool}}","MaxResults":10}"""))[
                        "UserPoolClients"
                    ]!.AsArray()
                );
                Assert.Equal(
                    "ResourceNotFoundException",
                    (await CallAsync(target, "DescribeUserPoolClient", $$"""{"UserPoolId":"{{pool}}","ClientId":"none"}""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task User_SignedUp_SignsInOnceConfirmed(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await PoolAsync(target);
                var signedUp = await SignUpAsync(target, client, Password);
                Assert.Equal(("False", 36), (signedUp["UserConfirmed"]!.GetValue<bool>().ToString(), signedUp.Text("UserSub").Length));
                Assert.Equal("UserNotConfirmedException", (await SignInAsync(target, client, Password)).Code);
                Assert.Equal(
                    "UNCONFIRMED",
                    (await CallAsync(target, "AdminGetUser", $$"""{"UserPoolId":"{{pool}}","Username":"alice"}""")).Text("UserStatus")
                );
                await ConfirmAsync(target, pool);
                var tokens = (await SignInAsync(target, client, Password))["AuthenticationResult"]!;
                Assert.Equal(("Bearer", 3600), (tokens["TokenType"]!.ToString(), tokens["ExpiresIn"]!.GetValue<int>()));
            }
        );

    [Theory, OnEachTarget]
    public Task SignUp_Again_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (_, client) = await PoolAsync(target);
                await SignUpAsync(target, client, Password);
                Assert.Equal("UsernameExistsException", (await SignUpAsync(target, client, Password)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Password_AgainstThePolicy_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (_, client) = await PoolAsync(target);
                foreach (
                    var (password, lack) in new[]
                    {
                        ("Sh-1", "Password not long enough"),
                        ("SECRET-PASS-1", "Password must have lowercase characters"),
                        ("secret-pass-1", "Password must have uppercase characters"),
                        ("Secret-pass-x", "Password must have numeric characters"),
                        ("SecretPass1", "Password must have symbol characters"),
                    }
                )
                {
                    var refused = await SignUpAsync(target, client, password);
                    Assert.Equal((password, "InvalidPasswordException"), (password, refused.Code));
                    Assert.Contains("Password did not conform with policy: " + lack, refused.Message, StringComparison.Ordinal);
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Code_ThatIsWrong_DoesNotConfirm(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await PoolAsync(target);
                await SignUpAsync(target, client, Password);
                Assert.Equal(
                    "CodeMismatchException",
                    (
                        await CallAsync(
                            target,
                            "ConfirmSignUp",
                            $$"""{"ClientId":"{{client}}","Username":"alice","ConfirmationCode":"x-wrong"}"""
                        )
                    ).Code
                );
                Assert.Equal(
                    "UNCONFIRMED",
                    (await CallAsync(target, "AdminGetUser", $$"""{"UserPoolId":"{{pool}}","Username":"alice"}""")).Text("UserStatus")
                );
            }
        );

    [Theory, OnEachTarget]
    public Task SignIn_WithAWrongPassword_IsRefusedAndThenLocked(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (_, client) = await UserAsync(target);
                // The lock lasts twice as long with each failure: in the end the next attempt comes within it, however slow the machine is.
                for (var attempt = 0; attempt < 20; attempt++)
                {
                    var refused = await SignInAsync(target, client, "Wrong-pass-1");
                    Assert.Equal("NotAuthorizedException", refused.Code);
                    if (attempt >= 5 && refused.Message == "Password attempts exceeded")
                    {
                        return;
                    }

                    Assert.Equal("Incorrect username or password.", refused.Message);
                }

                Assert.Fail("Twenty wrong passwords did not lock the user.");
            }
        );

    [Theory, OnEachTarget]
    public Task SignIn_ByAFlowThatTheClientLacks_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, _) = await PoolAsync(target);
                var other = (
                    await CallAsync(
                        target,
                        "CreateUserPoolClient",
                        $$"""{"UserPoolId":"{{pool}}","ClientName":"other","ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"]}"""
                    )
                )["UserPoolClient"]!["ClientId"]!.ToString();
                Assert.Equal("InvalidParameterException", (await SignInAsync(target, other, Password)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Tokens_CarryTheirClaims(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await UserAsync(target);
                await CallAsync(target, "CreateGroup", $$"""{"UserPoolId":"{{pool}}","GroupName":"auditors"}""");
                await CallAsync(target, "AdminAddUserToGroup", $$"""{"UserPoolId":"{{pool}}","GroupName":"auditors","Username":"alice"}""");
                var tokens = (await SignInAsync(target, client, Password))["AuthenticationResult"]!;
                var access = ClaimsOf(tokens["AccessToken"]!.ToString());
                Assert.Equal(
                    ("access", client, "alice", $"https://cognito-idp.us-east-1.amazonaws.com/{pool}"),
                    (
                        access["token_use"]!.ToString(),
                        access["client_id"]!.ToString(),
                        access["username"]!.ToString(),
                        access["iss"]!.ToString()
                    )
                );
                JsonInput.Equal("""["auditors"]""", access["cognito:groups"]!.ToJsonString());
                Assert.Equal(3600, access["exp"]!.GetValue<long>() - access["iat"]!.GetValue<long>());
                var id = ClaimsOf(tokens["IdToken"]!.ToString());
                Assert.Equal(
                    ("id", client, "alice", "a@example.com", access["sub"]!.ToString()),
                    (
                        id["token_use"]!.ToString(),
                        id["aud"]!.ToString(),
                        id["cognito:username"]!.ToString(),
                        id["email"]!.ToString(),
                        id["sub"]!.ToString()
                    )
                );
            }
        );

    [Theory, OnEachTarget]
    public Task RefreshToken_GivesNewTokensUntilRevoked(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (_, client) = await UserAsync(target);
                var refresh = (await SignInAsync(target, client, Password))["AuthenticationResult"]!["RefreshToken"]!.ToString();
                var again =
                    $$"""{"ClientId":"{{client}}","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"{{refresh}}"} }""";
                var renewed = (await CallAsync(target, "InitiateAuth", again))["AuthenticationResult"]!.AsObject();
                Assert.True(renewed.ContainsKey("AccessToken") && !renewed.ContainsKey("RefreshToken"));
                await CallAsync(target, "RevokeToken", $$"""{"ClientId":"{{client}}","Token":"{{refresh}}"}""");
                Assert.Equal("NotAuthorizedException", (await CallAsync(target, "InitiateAuth", again)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task User_CreatedByAnAdministrator_ChoosesAPassword(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await PoolAsync(target);
                await CallAsync(
                    target,
                    "AdminCreateUser",
                    $$"""{"UserPoolId":"{{pool}}","Username":"alice","TemporaryPassword":"{{Password}}","MessageAction":"SUPPRESS"}"""
                );
                var challenge = await SignInAsync(target, client, Password);
                Assert.Equal("NEW_PASSWORD_REQUIRED", challenge.Text("ChallengeName"));
                var done = await CallAsync(
                    target,
                    "RespondToAuthChallenge",
                    $$"""
                    {"ClientId":"{{client}}","ChallengeName":"NEW_PASSWORD_REQUIRED","Session":"{{challenge.Text(
                        "Session"
                    )}}","ChallengeResponses":{"USERNAME":"alice","NEW_PASSWORD":"Another-pass-2"} }
                    """
                );
                Assert.NotNull(done["AuthenticationResult"]!["AccessToken"]);
                Assert.Equal(
                    "CONFIRMED",
                    (await CallAsync(target, "AdminGetUser", $$"""{"UserPoolId":"{{pool}}","Username":"alice"}""")).Text("UserStatus")
                );
            }
        );

    [Theory, OnEachTarget]
    public Task User_Disabled_DoesNotSignIn(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, client) = await UserAsync(target);
                await CallAsync(target, "AdminDisableUser", $$"""{"UserPoolId":"{{pool}}","Username":"alice"}""");
                var refused = await SignInAsync(target, client, Password);
                Assert.Equal(("NotAuthorizedException", "User is disabled."), (refused.Code, refused.Message));
            }
        );

    [Theory, OnEachTarget]
    public Task Groups_AreMadeOnceAndDeleted(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, _) = await PoolAsync(target);
                var group = $$"""{"UserPoolId":"{{pool}}","GroupName":"g"}""";
                Assert.Equal("g", (await CallAsync(target, "CreateGroup", group))["Group"]!["GroupName"]!.ToString());
                Assert.Equal("GroupExistsException", (await CallAsync(target, "CreateGroup", group)).Code);
                Assert.Single((await CallAsync(target, "ListGroups", $$"""{"UserPoolId":"{{pool}}"}"""))["Groups"]!.AsArray());
                await CallAsync(target, "DeleteGroup", group);
                Assert.Equal("ResourceNotFoundException", (await CallAsync(target, "GetGroup", group)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task User_ThatIsNot_IsNotFound(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (pool, _) = await PoolAsync(target);
                Assert.Equal(
                    "UserNotFoundException",
                    (await CallAsync(target, "AdminGetUser", $$"""{"UserPoolId":"{{pool}}","Username":"nobody"}""")).Code
                );
                Assert.Equal("ResourceNotFoundException", (await SignUpAsync(target, "nosuchclient", Password)).Code);
            }
        );

    private static Task<ContractAnswer> CallAsync(IContractTarget target, string operation, string input) =>
        target.CallAsync("cognito-idp", operation, input);

    private static async Task<(string Pool, string Client)> PoolAsync(IContractTarget target)
    {
        var pool = (await CallAsync(target, "CreateUserPool", """{"PoolName":"p","AutoVerifiedAttributes":["email"]}"""))["UserPool"]![
            "Id"
        ]!.ToString();
        var client = await CallAsync(
            target,
            "CreateUserPoolClient",
            $$"""
            {"UserPoolId":"{{pool}}","ClientName":"app","ExplicitAuthFlows":["ALLOW_USER_PASSWORD_AUTH","ALLOW_REFRESH_TOKEN_AUTH"]}
            """
        );
        return (pool, client["UserPoolClient"]!["ClientId"]!.ToString());
    }

    /// <summary>A pool, a client, and the confirmed user <c>alice</c>.</summary>
    private static async Task<(string Pool, string Client)> UserAsync(IContractTarget target)
    {
        var (pool, client) = await PoolAsync(target);
        await SignUpAsync(target, client, Password);
        await ConfirmAsync(target, pool);
        return (pool, client);
    }

    private static Task<ContractAnswer> SignUpAsync(IContractTarget target, string client, string password) =>
        CallAsync(
            target,
            "SignUp",
            $$"""
            {"ClientId":"{{client}}","Username":"alice","Password":"{{password}}","UserAttributes":[{"Name":"email",
              "Value":"a@example.com"}]}
            """
        );

    private static Task<ContractAnswer> ConfirmAsync(IContractTarget target, string pool) =>
        CallAsync(target, "AdminConfirmSignUp", $$"""{"UserPoolId":"{{pool}}","Username":"alice"}""");

    private static Task<ContractAnswer> SignInAsync(IContractTarget target, string client, string password) =>
        CallAsync(
            target,
            "InitiateAuth",
            $$"""
            {"ClientId":"{{client}}","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"alice",
              "PASSWORD":"{{password}}"} }
            """
        );

    private static JsonNode ClaimsOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
}
