using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Kernel;
using Xunit;

namespace FairShare.Scenarios.Tests.Queue;

/// <summary>
/// Nobody speaks for a party but who is bound to it: parties that share a role each have a name in it, and a role of one party is that
/// party's alone.
/// </summary>
public sealed class SenderTests : IAsyncLifetime
{
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty mallory = null!;

    public async ValueTask InitializeAsync()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        template["Resources"]!["AlicesRole"] = RoleOf("alice", "sts:AssumeRole");
        template["Resources"]!["MallorysRole"] = RoleOf("mallory", "sts:AssumeRole");
        template["Resources"]!["UntaggedRole"] = RoleOf(null, "sts:AssumeRole");
        template["Resources"]!["PartnersRole"] = RoleOf(null, "sqs:SendMessage");
        host = await TestHost.StartAsync(new() { Listen = false }, template.ToJsonString());
        alice = await TestParty.JoinAsync(host, "alice");
        mallory = await TestParty.JoinAsync(host, "mallory");
    }

    public async ValueTask DisposeAsync()
    {
        alice.Dispose();
        mallory.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("AlicesRole", "alice", true)]
    [InlineData("MallorysRole", "mallory", true)]
    [InlineData("MallorysRole", "alice", false)]
    [InlineData("MallorysRole", "Mallory", false)]
    [InlineData("UntaggedRole", "alice", false)]
    public async Task Session_OfTheSharedRoles_HasTheNameOfWhoAssumesIt(string role, string name, bool isTrusted)
    {
        foreach (var shared in new[] { "UploaderRoleArn", "DownloaderRoleArn" })
        {
            var session = await AssumeAsync(role, host.Embedded.Outputs[shared], name);
            Assert.Equal(isTrusted, session is not null);
        }
    }

    [Fact]
    public async Task Session_OfTheAccountItself_HasNoName()
    {
        var root = new SessionCredentials(
            host.Embedded.RootCredentials.AccessKeyId,
            host.Embedded.RootCredentials.SecretAccessKey,
            "",
            DateTimeOffset.MaxValue
        );
        Assert.Null(await new SignedAwsClient(host, root).AssumeRoleAsync(host.Embedded.Outputs["UploaderRoleArn"], "alice"));
    }

    [Fact]
    public async Task Message_OfAnotherPartyInTheSameRole_IsNotBelieved()
    {
        var hers = await QueueAsync("AlicesRole", "alice");
        await hers.BindAsync(alice);
        var mallorys = await QueueAsync("MallorysRole", "mallory");
        await mallorys.BindAsync(mallory);

        var forged = Envelope(alice);
        await mallorys.SendAsync(forged);

        var letter = await new DeadLetters(host).FindAsync(letter => letter["body"]!.GetValue<string>() == forged);
        Assert.Equal("unbound-sender", letter["reason"]!.GetValue<string>());
        Assert.EndsWith(":mallory", letter["senderId"]!.GetValue<string>(), StringComparison.Ordinal);
        var own = await hers.SendAsync(Envelope(alice));
        await hers.ReceiveAsync(reply => reply["message"]!["messageId"]?.GetValue<string>() == own);
    }

    [Fact]
    public async Task Role_OfAPartner_IsOnePartysUnderWhateverName()
    {
        var monday = PartnerQueue("monday");
        var nonce = (await alice.PostAsync("/senders")).Require(201).Text("nonce");
        await monday.SendAsync(alice, "bind", new JsonObject { ["nonce"] = nonce });
        await PartyQueue.OfUploaders(host).ReceiveAsync("bind");

        // The same role under another name speaks for the same party; another party cannot be bound to it.
        var tuesday = await PartnerQueue("tuesday").SendAsync(Envelope(alice));
        await PartyQueue.OfUploaders(host).ReceiveAsync(reply => reply["message"]!["messageId"]?.GetValue<string>() == tuesday);
        var other = (await mallory.PostAsync("/senders")).Require(201).Text("nonce");
        await PartnerQueue("wednesday").SendAsync(mallory, "bind", new JsonObject { ["nonce"] = other });
        var letter = await new DeadLetters(host).FindAsync(letter =>
            letter["body"]!.GetValue<string>().Contains(other, StringComparison.Ordinal)
        );
        Assert.Equal("wrong-nonce", letter["reason"]!.GetValue<string>());
    }

    private static string Envelope(TestParty party) =>
        new JsonObject
        {
            ["protocolStep"] = "a",
            ["userId"] = party.Id.ToString(),
            ["message"] = new JsonObject { ["fileId"] = Core.Identifiers.DocumentId.New(party.Host.Randomness).ToString() },
        }.ToJsonString();

    private static JsonObject RoleOf(string? sender, string action) =>
        new()
        {
            ["Type"] = "AWS::IAM::Role",
            ["Properties"] = new JsonObject
            {
                ["AssumeRolePolicyDocument"] = Policy(
                    new JsonObject
                    {
                        ["Effect"] = "Allow",
                        ["Action"] = "sts:AssumeRole",
                        ["Principal"] = new JsonObject { ["AWS"] = "arn:aws:iam::000000000000:root" },
                    }
                ),
                ["Policies"] = new JsonArray(
                    new JsonObject
                    {
                        ["PolicyName"] = "own",
                        ["PolicyDocument"] = Policy(
                            new JsonObject
                            {
                                ["Effect"] = "Allow",
                                ["Action"] = action,
                                ["Resource"] = "*",
                            }
                        ),
                    }
                ),
                ["Tags"] = sender is null ? [] : new JsonArray(new JsonObject { ["Key"] = "fairshare:sender", ["Value"] = sender }),
            },
        };

    private static JsonObject Policy(JsonObject statement) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };

    private Task<SessionCredentials?> AssumeAsync(string role, string shared, string name) =>
        new SignedAwsClient(host, host.Embedded.CredentialsFor(role)).AssumeRoleAsync(shared, name);

    private async Task<PartyQueue> QueueAsync(string role, string name) =>
        new(
            host,
            await AssumeAsync(role, host.Embedded.Outputs["UploaderRoleArn"], name)
                ?? throw new InvalidOperationException("The role does not trust its party."),
            "UploadersQueueUrl"
        );

    private PartyQueue PartnerQueue(string session) =>
        new(host, host.Embedded.CredentialsFor("PartnersRole", session), "UploadersQueueUrl");
}
