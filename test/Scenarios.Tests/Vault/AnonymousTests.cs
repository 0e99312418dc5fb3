using System.Text.Json.Nodes;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>A deployment that stores items without an account: the template with the setting and the rights that the flag gives.</summary>
public sealed class AnonymousTests
{
    private const string Call = "/vault/anonymous-items";

    [Fact]
    public async Task Item_WithoutAnAccount_IsStoredOpenedAndErasedWithoutAToken()
    {
        await using var host = await TestHost.StartAsync(new() { Listen = false }, Template());
        var item = TestVaultItem.New(host);
        var upload = (await CreateAsync(host, item.Announce(opens: 1))).Require(201)["upload"];
        using (var stored = await host.UploadAsync(upload, item.Content))
        {
            stored.EnsureSuccessStatusCode();
        }

        (await item.CommitAsync()).Require(200);
        Assert.Equal(item.Content, await item.FetchAsync((await item.OpenAsync()).Require(200)));
        Assert.Equal("Deleted", (await item.DeleteAsync()).Require(200).Text("state"));
    }

    [Theory]
    [InlineData("size", (64L << 20) + 1, "invalid-vault-size")]
    [InlineData("expiresSeconds", (7L * 86_400) + 1, "invalid-vault-limits")]
    public async Task Item_BeyondItsLimits_IsRefused(string member, long value, string code)
    {
        await using var host = await TestHost.StartAsync(new() { Listen = false }, Template());
        var body = TestVaultItem.New(host).Announce();
        body[member] = value;
        Assert.Equal(code, (await CreateAsync(host, body)).Code);
        body[member] = value - 1;
        (await CreateAsync(host, body)).Require(201);
    }

    [Fact]
    public async Task Budget_OfADay_IsUsedUpByWhatWasErasedToo()
    {
        await using var host = await TestHost.StartAsync(new() { Listen = false }, Template());
        const long Size = 64L << 20;
        var answers = new List<Answer>();
        for (var count = 0; count <= (10L << 30) / Size; count++)
        {
            var item = TestVaultItem.New(host);
            var body = item.Announce();
            body["size"] = Size;
            answers.Add(await CreateAsync(host, body));
            await item.DeleteAsync();
        }

        Assert.All(answers[..^1], answer => Assert.Equal(201, answer.Status));
        Assert.Equal("vault-quota", answers[^1].Code);
    }

    private static Task<Answer> CreateAsync(TestHost host, JsonObject body) => host.SendAsync(HttpMethod.Post, Call, body, null);

    private static string Template()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var resources = template["Resources"]!.AsObject();
        var (given, taken) = (Function(resources, "CreateVaultItem"), Function(resources, "CreateAnonymousVaultItem"));
        var variables = taken["Properties"]!["Environment"]!["Variables"]!;
        variables["FAIRSHARE_ANONYMOUS_VAULT"] = "on";
        foreach (var name in new[] { "FAIRSHARE_VAULT_TABLE", "FAIRSHARE_VAULT_BUCKET" })
        {
            variables[name] = given["Properties"]!["Environment"]!["Variables"]![name]!.DeepClone();
        }

        var statements = Statements(resources, taken);
        foreach (var statement in Statements(resources, given).Skip(1))
        {
            var copy = statement!.ToJsonString().Replace("PARTY#", "ANONYMOUS#", StringComparison.Ordinal);
            statements.Add(JsonNode.Parse(copy));
        }

        return template.ToJsonString();
    }

    private static JsonNode Function(JsonObject resources, string handler) =>
        resources
            .Select(resource => resource.Value!)
            .Where(resource => resource["Type"]!.GetValue<string>() == "AWS::Lambda::Function")
            .Single(resource => resource["Properties"]!["Handler"]!.GetValue<string>() == handler);

    private static JsonArray Statements(JsonObject resources, JsonNode function)
    {
        var role = function["Properties"]!["Role"]!["Fn::GetAtt"]![0]!.GetValue<string>();
        return resources
            .Select(resource => resource.Value!)
            .Where(resource => resource["Type"]!.GetValue<string>() == "AWS::IAM::Policy")
            .Single(resource => resource["Properties"]!["Roles"]![0]!["Ref"]!.GetValue<string>() == role)["Properties"]!["PolicyDocument"]![
            "Statement"
        ]!.AsArray();
    }
}
