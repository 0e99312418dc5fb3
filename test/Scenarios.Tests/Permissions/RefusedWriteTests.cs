using System.Text.Json.Nodes;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Kernel;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// Evidence is written once, whatever a handler does: every role of the template, and the account itself, tries to change, delete and
/// replace every kind of evidence with its own credentials, and is refused by policy. docs/rights.md has the policies.
/// </summary>
public sealed class RefusedWriteTests(RefusedWriteWorld world) : IClassFixture<RefusedWriteWorld>
{
    /// <summary>The roles that may put items of a kind: IAM cannot tell a new item from a replaced one, their conditions do.</summary>
    private static readonly Dictionary<string, string[]> Writers = new()
    {
        ["EXCHANGE"] = ["ExchangeStateMachineRole"],
        ["DEPOSIT"] = ["SubmitOriginRole", "AbortDocumentRole"],
        ["STORE"] = ["RecordSealKeyRole", "SequenceLogRole", "StampTimeRole", "CertifyStampsRole"],
        ["STAMP"] = ["SubmitOriginRole", "SubmitReceiptRole"],
        ["LOG"] = ["SequenceLogRole"],
        ["LOGHEAD"] = ["SequenceLogRole"],
        ["KEY"] = ["RegisterKeyRole"],
        ["PARTY"] = ["RegisterKeyRole", "RetireKeyRole"],
    };

    public static TheoryData<string> Roles =>
        [
            .. JsonNode.Parse(TestHost.Template)!["Resources"]!
                .AsObject()
                .Where(resource => resource.Value!["Type"]!.GetValue<string>() == "AWS::IAM::Role")
                .Select(resource => resource.Key),
            "root",
        ];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Role_AnyWriteToEvidence_IsRefusedByPolicy(string role)
    {
        var client = world.ClientOf(role);
        var before = await world.PictureAsync();
        foreach (var key in world.Evidence)
        {
            var partition = key["pk"]!["S"]!.GetValue<string>();
            var mayPut = Writers[partition.Split('#')[0]].Any(writer => role.StartsWith(writer, StringComparison.Ordinal));
            var mayUpdate =
                role.StartsWith("RetireKeyRole", StringComparison.Ordinal) && partition.StartsWith("PARTY#", StringComparison.Ordinal);
            // The account's owner changes keys by hand where an operator must; nothing that is written once.
            mayUpdate |=
                role.StartsWith("SequenceLogRole", StringComparison.Ordinal) && partition.StartsWith("LOGHEAD#", StringComparison.Ordinal);
            mayUpdate |= role == "root" && partition.StartsWith("PARTY#", StringComparison.Ordinal);
            foreach (
                var (operation, input) in world
                    .Writes(key)
                    .Where(write => !(mayPut && write.IsPut) && !(mayUpdate && write.IsUpdate))
                    .Select(write => (write.Operation, write.Input))
            )
            {
                var answer = await client.CallAsync("dynamodb", $"DynamoDB_20120810.{operation}", input);
                Assert.True(IsDenied(answer), $"{role} {operation} {key.ToJsonString()}: {answer.Body?.ToJsonString()}");
            }
        }

        Assert.Equal(before, await world.PictureAsync());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Role_Seal_IsUsedByThoseWhoStateSomethingOnly(string role)
    {
        string[] mayPutWhatItSeals = ["SubmitOriginRole", "AbortDocumentRole", "RegisterKeyRole", "RetireKeyRole"];
        string[] seals = [.. mayPutWhatItSeals, "RequestDownloadRole", "SubmitReceiptRole", "SealEndingRole"];
        var answer = await world
            .ClientOf(role)
            .CallAsync(
                "kms",
                "TrentService.Sign",
                new JsonObject
                {
                    ["KeyId"] = world.Host.Embedded.Outputs["SealKeyArn"],
                    ["Message"] = Convert.ToBase64String(new byte[32]),
                    ["MessageType"] = "DIGEST",
                    ["SigningAlgorithm"] = "ECDSA_SHA_256",
                }
            );
        var isSealer = role == "root" || seals.Any(seal => role.StartsWith(seal, StringComparison.Ordinal));
        Assert.Equal(!isSealer, IsDenied(answer));
        // docs/decisions/0027 and 0088: who seals and writes are these; nobody else is a writer of what is sealed. Stamps are not sealed.
        Assert.Equal(
            mayPutWhatItSeals.Any(both => role.StartsWith(both, StringComparison.Ordinal)),
            role != "root"
                && isSealer
                && Writers
                    .Where(kind => kind.Key != "STAMP")
                    .Any(kind => kind.Value.Any(writer => role.StartsWith(writer, StringComparison.Ordinal)))
        );
    }

    [Theory]
    [InlineData("IssueKeyNonce", "NONCE#x")]
    [InlineData("BindSender", "SENDERNONCE#x")]
    [InlineData("RequestUpload", "DOCUMENT#x")]
    public async Task Role_OfOnePartition_WritesNoOther(string handler, string own)
    {
        var client = world.ClientOf(TestRoles.Of(handler));
        string[] partitions =
        [
            "NONCE#x",
            "SENDERNONCE#x",
            "SENDER#x",
            "PARTY#x",
            "KEY#x",
            "HELD#x",
            "DOCUMENT#x",
            "LISTING#x",
            "DEPOSIT#x",
            "EXCHANGE#x",
            "STORE#KEYS",
            "LOG#x",
            "LOGHEAD#HEAD",
            "OTHER#x",
        ];
        foreach (var partition in partitions)
        {
            var answer = await client.CallAsync(
                "dynamodb",
                "DynamoDB_20120810.PutItem",
                new JsonObject
                {
                    ["TableName"] = world.Table,
                    ["Item"] = new JsonObject { ["pk"] = Text(partition), ["sk"] = Text("tried") },
                }
            );
            Assert.Equal(partition != own, IsDenied(answer));
        }
    }

    [Fact]
    public async Task Auditor_TaskTokenAndHistory_AreNotToBeHad()
    {
        var auditor = world.ClientOf("AccessAuditor");
        Assert.False(IsDenied(await QueryAsync(auditor, query => query["ProjectionExpression"] = "pk, sk, challenge, openedAt")));
        Assert.True(IsDenied(await QueryAsync(auditor, _ => { })));
        Assert.True(IsDenied(await QueryAsync(auditor, query => query["ProjectionExpression"] = "taskToken")));
        Assert.True(IsDenied(await QueryAsync(auditor, query => query["Select"] = "COUNT")));
        Assert.True(
            IsDenied(
                await QueryAsync(
                    auditor,
                    query =>
                    {
                        query["ProjectionExpression"] = "pk";
                        query["FilterExpression"] = "begins_with(taskToken, :start)";
                        query["ExpressionAttributeValues"]![":start"] = Text("A");
                    }
                )
            )
        );
        Assert.True(
            IsDenied(
                await auditor.CallAsync(
                    "dynamodb",
                    "DynamoDB_20120810.GetItem",
                    new JsonObject
                    {
                        ["TableName"] = world.Table,
                        ["Key"] = new JsonObject { ["pk"] = Text($"EXCHANGE#{world.Exchange.Id}"), ["sk"] = Text("EXCHANGE") },
                    }
                )
            )
        );
        Assert.True(
            IsDenied(
                await auditor.CallAsync(
                    "dynamodb",
                    "DynamoDB_20120810.Scan",
                    new JsonObject { ["TableName"] = world.Table, ["ProjectionExpression"] = "pk" }
                )
            )
        );
        var execution =
            world.Host.Embedded.Outputs["ExchangeStateMachineArn"].Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)
            + $":{world.Exchange.Id}";
        Assert.True(
            IsDenied(
                await auditor.CallAsync("states", "AWSStepFunctions.GetExecutionHistory", new JsonObject { ["executionArn"] = execution })
            )
        );
        var described = (
            await auditor.CallAsync("states", "AWSStepFunctions.DescribeExecution", new JsonObject { ["executionArn"] = execution })
        ).Require(200);
        Assert.DoesNotContain("taskToken", described.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registrar_SealsKey_CannotBePassedOffAsAHeldOne()
    {
        var seal = world.Host.Embedded.Outputs["SealKeyArn"];
        var tag = new JsonObject { ["TagKey"] = "fairshare:held-for-stage", ["TagValue"] = "dev" };
        var tagged = await world
            .ClientOf(TestRoles.Of("RegisterKey"))
            .CallAsync("kms", "TrentService.TagResource", new JsonObject { ["KeyId"] = seal, ["Tags"] = new JsonArray(tag) });
        var deleted = await world
            .ClientOf(TestRoles.Of("RetireKey"))
            .CallAsync("kms", "TrentService.ScheduleKeyDeletion", new JsonObject { ["KeyId"] = seal, ["PendingWindowInDays"] = 7 });
        Assert.True(IsDenied(tagged) && IsDenied(deleted));
    }

    private static bool IsDenied(Answer answer) =>
        answer.Body?["__type"]?.GetValue<string>().Contains("AccessDenied", StringComparison.Ordinal) == true;

    private static JsonObject Text(string value) => new() { ["S"] = value };

    private Task<Answer> QueryAsync(SignedAwsClient client, Action<JsonObject> shape)
    {
        var query = new JsonObject
        {
            ["TableName"] = world.Table,
            ["KeyConditionExpression"] = "pk = :pk",
            ["ExpressionAttributeValues"] = new JsonObject { [":pk"] = Text($"EXCHANGE#{world.Exchange.Id}") },
        };
        shape(query);
        return client.CallAsync("dynamodb", "DynamoDB_20120810.Query", query);
    }
}

/// <summary>A deployed application whose table holds evidence of every kind.</summary>
public sealed class RefusedWriteWorld : IAsyncLifetime
{
    private TableReader table = null!;

    public TestHost Host { get; private set; } = null!;

    public TestExchange Exchange { get; private set; } = null!;

    public string Table => Host.Embedded.Outputs["EvidenceTableName"];

    /// <summary>The primary keys of all items that prove something.</summary>
    public IReadOnlyList<JsonObject> Evidence { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(new() { Listen = false });
        table = new TableReader(Host);
        using var alice = await TestParty.JoinAsync(Host, "alice");
        using var bob = await TestParty.JoinAsync(Host, "bob");
        var completed = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await completed.SubmitReceiptAsync()).Require(200);
        var withdrawn = await TestDocument.DepositAsync(alice, bob);
        (await alice.PostAsync($"/documents/{withdrawn.Id}/abort")).Require(200);
        Exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        await BadInput.BadInputCase.WaitUntilOpenAsync(Exchange);
        // What the sequencer writes must not come between two pictures of the table.
        using var log = new LogWorld(Host);
        await log.SettleAsync(Exchange.Challenge.Hash);
        string[] kinds = ["EXCHANGE#", "DEPOSIT#", "STORE#", "KEY#", "PARTY#", "LOG#", "LOGHEAD#"];
        Evidence =
        [
            .. (await table.ScanAsync())
                .Where(item => kinds.Any(kind => item["pk"].S.StartsWith(kind, StringComparison.Ordinal)))
                .DistinctBy(item => (item["pk"].S.Split('#')[0], item["sk"].S.Split('#')[0]))
                .Select(item => new JsonObject
                {
                    ["pk"] = new JsonObject { ["S"] = item["pk"].S },
                    ["sk"] = new JsonObject { ["S"] = item["sk"].S },
                }),
        ];
    }

    public SignedAwsClient ClientOf(string role)
    {
        var (id, secret) = Host.Embedded.RootCredentials;
        return role == "root"
            ? new SignedAwsClient(Host, new SessionCredentials(id, secret, "", DateTimeOffset.MaxValue))
            : new SignedAwsClient(Host, Host.Embedded.CredentialsFor(Full(role)));
    }

    /// <summary>Every way to write an item that stands.</summary>
    public IEnumerable<(string Operation, JsonObject Input, bool IsPut, bool IsUpdate)> Writes(JsonObject key)
    {
        var put = new JsonObject { ["TableName"] = Table, ["Item"] = key.DeepClone() };
        var delete = new JsonObject { ["TableName"] = Table, ["Key"] = key.DeepClone() };
        var update = new JsonObject
        {
            ["TableName"] = Table,
            ["Key"] = key.DeepClone(),
            ["UpdateExpression"] = "REMOVE forged",
        };
        yield return ("PutItem", put, true, false);
        yield return ("DeleteItem", delete, false, false);
        yield return ("UpdateItem", update, false, true);
        yield return (
            "BatchWriteItem",
            Batch(new JsonObject { ["PutRequest"] = new JsonObject { ["Item"] = key.DeepClone() } }),
            false,
            false
        );
        yield return (
            "BatchWriteItem",
            Batch(new JsonObject { ["DeleteRequest"] = new JsonObject { ["Key"] = key.DeepClone() } }),
            false,
            false
        );
        yield return ("TransactWriteItems", Transaction("Put", put), true, false);
        yield return ("TransactWriteItems", Transaction("Delete", delete), false, false);
        yield return ("TransactWriteItems", Transaction("Update", update), false, true);
    }

    public async Task<string> PictureAsync() =>
        string.Join(
            '\n',
            (await table.ScanAsync())
                .Select(item =>
                    string.Join(
                        '|',
                        item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}")
                    )
                )
                .Order(StringComparer.Ordinal)
        );

    public async ValueTask DisposeAsync()
    {
        table.Dispose();
        await Host.DisposeAsync();
    }

    private JsonObject Batch(JsonObject request) => new() { ["RequestItems"] = new JsonObject { [Table] = new JsonArray(request) } };

    private static JsonObject Transaction(string kind, JsonObject input) =>
        new() { ["TransactItems"] = new JsonArray(new JsonObject { [kind] = input.DeepClone() }) };

    private static string Full(string role) =>
        JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .First(resource =>
                resource.Value!["Type"]!.GetValue<string>() == "AWS::IAM::Role" && resource.Key.StartsWith(role, StringComparison.Ordinal)
            )
            .Key;
}
