using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>What a user writes of himself never becomes what the pool says of him.</summary>
public sealed class AttributeTests
{
    private const string Password = Parties.Password;

    [Theory]
    [InlineData("sub", "NotAuthorizedException")]
    [InlineData("email_verified", "NotAuthorizedException")]
    [InlineData("phone_number_verified", "NotAuthorizedException")]
    [InlineData("identities", "NotAuthorizedException")]
    [InlineData("cognito:groups", "NotAuthorizedException")]
    [InlineData("cognito:username", "NotAuthorizedException")]
    [InlineData("cognito:user_status", "NotAuthorizedException")]
    [InlineData("iss", "InvalidParameterException")]
    [InlineData("aud", "InvalidParameterException")]
    [InlineData("exp", "InvalidParameterException")]
    [InlineData("iat", "InvalidParameterException")]
    [InlineData("jti", "InvalidParameterException")]
    [InlineData("origin_jti", "InvalidParameterException")]
    [InlineData("auth_time", "InvalidParameterException")]
    [InlineData("token_use", "InvalidParameterException")]
    [InlineData("client_id", "InvalidParameterException")]
    [InlineData("username", "InvalidParameterException")]
    [InlineData("scope", "InvalidParameterException")]
    [InlineData("Sub", "InvalidParameterException")]
    [InlineData("custom:unknown", "InvalidParameterException")]
    [InlineData("dev:custom:tier", "InvalidParameterException")]
    [InlineData("", "InvalidParameterException")]
    public async Task SignUp_WithAnAttributeOfNoUsers_IsRefusedAndMakesNobody(string name, string code)
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Resources));

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() => SignUpAsync(host, (name, "other")));

        Assert.Equal(code, refusal.Code);
        var users = await host.CallAsync("cognito-idp", "ListUsers", new JsonObject { ["UserPoolId"] = new Parties(host).PoolId });
        Assert.Empty(users["Users"]!.AsArray());
    }

    [Fact]
    public async Task SignUp_WithItsOwnAttributes_CarriesThemInTheIdToken()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Resources));
        var parties = new Parties(host);
        await SignUpAsync(host, ("name", "Eve"), ("custom:tier", "gold"));
        await parties.ConfirmAsync("eve", parties.CodeOf("eve"));

        var claims = Parties.ClaimsOf((await parties.SignInAsync("eve"))["IdToken"]!.ToString());

        Assert.Equal(
            ("Eve", "gold", "true"),
            (claims["name"]!.ToString(), claims["custom:tier"]!.ToString(), claims["email_verified"]!.ToString())
        );
    }

    [Fact]
    public async Task SignUp_ThroughAClientThatMayNotWriteIt_IsRefused()
    {
        var resources = Resources.Replace("\"ENABLED\"", "\"ENABLED\", \"WriteAttributes\": [\"email\"]", StringComparison.Ordinal);
        await using var host = await TestHost.StartAsync(TestHost.Template(resources));

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() => SignUpAsync(host, ("name", "Eve")));

        Assert.Equal("NotAuthorizedException", refusal.Code);
        Assert.Equal("A client attempted to write unauthorized attribute", refusal.Body["message"]!.ToString());
        await SignUpAsync(host);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("exp")]
    [InlineData("cognito:groups")]
    public async Task AdminCreateUser_WithAClaim_IsRefused(string name)
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Resources));

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() => CreateAsync(host, name));

        Assert.Equal("InvalidParameterException", refusal.Code);
        await CreateAsync(host, "email_verified");
    }

    private static Task<JsonObject> CreateAsync(TestHost host, string attribute) =>
        host.CallAsync(
            "cognito-idp",
            "AdminCreateUser",
            new JsonObject
            {
                ["UserPoolId"] = new Parties(host).PoolId,
                ["Username"] = "mallory",
                ["UserAttributes"] = new JsonArray(Attribute("email", "m@example.com"), Attribute(attribute, "true")),
            }
        );

    private static Task<JsonObject> SignUpAsync(TestHost host, params (string Name, string Value)[] attributes) =>
        host.CallAsync(
            "cognito-idp",
            "SignUp",
            new JsonObject
            {
                ["ClientId"] = new Parties(host).ClientId,
                ["Username"] = "eve",
                ["Password"] = Password,
                ["UserAttributes"] = new JsonArray([
                    Attribute("email", "eve@example.com"),
                    .. attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)),
                ]),
            }
        );

    private static JsonObject Attribute(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    private static string Resources =>
        Parties.Resources.Replace(
            "\"Required\": true, \"Mutable\": true }",
            "\"Required\": true, \"Mutable\": true }, { \"Name\": \"tier\", \"AttributeDataType\": \"String\" }",
            StringComparison.Ordinal
        );
}
