using System.Text.Json.Nodes;
using FairShare.Client.Identity;
using FairShare.Local.Tests.Support;
using FairShare.Protocol.Identifiers;

namespace FairShare.Local.Tests.Cognito;

/// <summary>One login by SRP, step by step, so that a test can do each of them wrong.</summary>
internal sealed class SrpTestLogin(TestHost host, Parties parties)
{
    private readonly SrpLogin login = new(parties.PoolId, new SystemRandomness());

    /// <summary>The ChallengeParameters of PASSWORD_VERIFIER.</summary>
    public JsonObject Challenge { get; private set; } = [];

    /// <summary>The whole of a login.</summary>
    /// <returns>Tokens, or the next challenge.</returns>
    public static async Task<JsonObject> RunAsync(TestHost host, Parties parties, string name, string password = Parties.Password)
    {
        var login = await StartAsync(host, parties, name);
        return await parties.RespondAsync("PASSWORD_VERIFIER", login.Answer(password));
    }

    public static async Task<SrpTestLogin> StartAsync(TestHost host, Parties parties, string name)
    {
        var started = new SrpTestLogin(host, parties);
        var parameters = new JsonObject { ["USERNAME"] = name, ["SRP_A"] = started.login.PublicValue };
        var answer = await parties.InitiateAsync("USER_SRP_AUTH", parameters);
        started.Challenge = answer["ChallengeParameters"]!.DeepClone().AsObject();
        return started;
    }

    /// <summary>The ChallengeResponses.</summary>
    /// <param name="password">What the login is tried with.</param>
    /// <param name="secretBlock">Another challenge's; null for its own.</param>
    /// <param name="timestamp">Null for now.</param>
    public JsonObject Answer(string password = Parties.Password, string? secretBlock = null, string? timestamp = null)
    {
        var block = secretBlock ?? Challenge["SECRET_BLOCK"]!.ToString();
        var time = timestamp ?? SrpLogin.Timestamp(host.Time.GetUtcNow());
        var challenge = new SrpChallenge(
            Challenge["USER_ID_FOR_SRP"]!.ToString(), Challenge["SALT"]!.ToString(), Challenge["SRP_B"]!.ToString(), block);
        return new JsonObject
        {
            ["USERNAME"] = challenge.UserId,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = login.Claim(challenge, password, time),
            ["TIMESTAMP"] = time,
        };
    }
}
