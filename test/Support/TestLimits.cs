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

    /// <summary>Writes what only many calls bring about: how much of a limit a party has used. It may be counted anew at once.</summary>
    /// <param name="party">The party.</param>
    /// <param name="counter"><c>uploads</c> or <c>exchanges</c>.</param>
    /// <param name="count">How many.</param>
    public static async Task UseAsync(TestParty party, string counter, long count)
    {
        ArgumentNullException.ThrowIfNull(party);
        var input = new JsonObject
        {
            ["TableName"] = party.Host.Embedded.Outputs["EvidenceTableName"],
            ["Key"] = new JsonObject
            {
                ["pk"] = new JsonObject { ["S"] = $"USAGE#{party.Id}" },
                ["sk"] = new JsonObject { ["S"] = "USAGE" },
            },
            ["UpdateExpression"] = $"SET {counter} = :count REMOVE recountedAt",
            ["ExpressionAttributeValues"] = new JsonObject { [":count"] = new JsonObject { ["N"] = $"{count}" } },
        };
        (await SignedAwsClient.OfRoot(party.Host).CallAsync("dynamodb", "DynamoDB_20120810.UpdateItem", input)).Require(200);
    }
}
