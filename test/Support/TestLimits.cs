using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>Puts a party into a group that raises its limits, as an administrator does.</summary>
public static class TestLimits
{
    /// <summary>Raises the party's limits to so many times as much, and signs it in again.</summary>
    public static async Task RaiseAsync(TestParty party, int factor)
    {
        var host = party.Host;
        var group = $"fairshare-limits-{factor}x";
        var client = SignedAwsClient.OfRoot(host);
        var pool = host.Embedded.Outputs["UserPoolId"];
        await client.CallAsync(
            "cognito-idp",
            "AWSCognitoIdentityProviderService.CreateGroup",
            new JsonObject { ["UserPoolId"] = pool, ["GroupName"] = group }
        );
        (
            await client.CallAsync(
                "cognito-idp",
                "AWSCognitoIdentityProviderService.AdminAddUserToGroup",
                new JsonObject
                {
                    ["UserPoolId"] = pool,
                    ["GroupName"] = group,
                    ["Username"] = party.Name,
                }
            )
        ).Require(200);
        await party.SignInAgainAsync();
    }
}
