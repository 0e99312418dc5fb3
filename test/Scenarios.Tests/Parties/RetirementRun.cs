using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using FairShare.Aws.Parties;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Functions;
using FairShare.Functions.Hosting;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>A step of a schedule: who goes on, or how far the clock is put forward.</summary>
/// <param name="Actor">R retires the key, S retires it too, A accepts what it signed.</param>
/// <param name="Advance">How far the clock goes on before the step.</param>
internal readonly record struct RetirementStep(char Actor, TimeSpan Advance = default);

/// <summary>
/// One schedule of retirements and an acceptance of one key, over the real handler and the real table. A retirement has five steps, each of
/// which ends where the next begins: the clock is read; the first write lands; it is answered, and the clock is read again; the second
/// lands; it is answered. An acceptance has two: the clock is read; the key is read.
/// </summary>
internal sealed class RetirementRun(TestHost host, TestParty party, KeyId key)
{
    private readonly RunTime time = new();
    private readonly Dictionary<char, (WriteGate Gate, Task<int> Call)> retirers = [];
    private DateTimeOffset acceptedAt;

    /// <summary>When the key was accepted; null when it was not.</summary>
    public DateTimeOffset? Accepted { get; private set; }

    /// <summary>The statuses of the retirements.</summary>
    public List<int> Answers { get; } = [];

    /// <summary>The key as everybody sees it once a last retirement is confirmed.</summary>
    public async Task<PartyKeyRecord> RunAsync(IEnumerable<RetirementStep> schedule)
    {
        var accepting = 0;
        foreach (var (actor, advance) in schedule)
        {
            time.Advance(advance);
            await (
                actor != 'A' ? RetireAsync(actor)
                : accepting++ == 0 ? ReadClockAsync()
                : AcceptAsync()
            );
        }

        foreach (var actor in retirers.Keys.ToList())
        {
            while (!retirers[actor].Call.IsCompleted)
            {
                await RetireAsync(actor);
            }

            Answers.Add(await retirers[actor].Call);
        }

        // A retirement that did not count is completed by its repeat.
        var last = await StartAsync(null);
        return last == 200
            ? (await ReadAsync())!
            : throw new InvalidOperationException($"The repeated retirement was answered with {last}.");
    }

    private Task ReadClockAsync()
    {
        acceptedAt = time.GetUtcNow();
        return Task.CompletedTask;
    }

    private async Task AcceptAsync() => Accepted = (await ReadAsync())!.MayBeAccepted(acceptedAt) ? acceptedAt : null;

    private async Task RetireAsync(char actor)
    {
        if (!retirers.TryGetValue(actor, out var retirer))
        {
            var gate = new WriteGate(host);
            retirers[actor] = retirer = (gate, StartAsync(gate));
        }
        else
        {
            retirer.Gate.Open();
        }

        await retirer.Gate.RunAsync(retirer.Call);
    }

    private async Task<int> StartAsync(WriteGate? gate)
    {
        var role = host.Embedded.CredentialsFor(TestRoles.Of("RetireKey"));
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL"] = host.Embedded.AwsUrl,
            ["AWS_ACCESS_KEY_ID"] = role.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = role.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = role.SessionToken,
            ["FAIRSHARE_EVIDENCE_TABLE"] = host.Embedded.Outputs["EvidenceTableName"],
            ["FAIRSHARE_USER_POOL_CLIENT_ID"] = host.Embedded.Outputs["UserPoolClientId"],
            ["FAIRSHARE_TTP"] = host.Store.ToString(),
            ["FAIRSHARE_SEAL_KEY"] = host.Embedded.Outputs["SealKeyArn"],
            ["FAIRSHARE_SEAL_KEY_RECORDER"] = await RecorderAsync(),
        };
        HttpClientFactory http = gate is null ? new HostHttpClientFactory(host.Embedded) : gate;
        var function = FunctionInstance.Start("RetireKey", environment, new FunctionDependencies(time, new SystemRandomness(), http));
        await using var answer = await function.InvokeAsync(Event(), new Context());
        return (await JsonNode.ParseAsync(answer))!["statusCode"]!.GetValue<int>();
    }

    private async Task<string> RecorderAsync()
    {
        var root = SignedAwsClient.OfRoot(host);
        return await root.PhysicalIdAsync("FairShare-dev", TestRoles.FunctionOf("RecordSealKey"));
    }

    private MemoryStream Event() =>
        new(
            System.Text.Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["pathParameters"] = new JsonObject { ["keyId"] = key.ToString() },
                    ["requestContext"] = new JsonObject
                    {
                        ["authorizer"] = new JsonObject
                        {
                            ["jwt"] = new JsonObject
                            {
                                ["claims"] = new JsonObject
                                {
                                    ["sub"] = party.Id.ToString(),
                                    ["token_use"] = "access",
                                    ["client_id"] = host.Embedded.Outputs["UserPoolClientId"],
                                },
                            },
                        },
                    },
                }.ToJsonString()
            )
        );

    private async Task<PartyKeyRecord?> ReadAsync()
    {
        var role = host.Embedded.CredentialsFor(TestRoles.Of("RetireKey"));
        using var client = new AmazonDynamoDBClient(role.AsSession(), host.Configure(new AmazonDynamoDBConfig()));
        var table = new ItemTable(client, host.Embedded.Outputs["EvidenceTableName"], new ConflictRetry(time, new SystemRandomness()));
        return await new PartyKeyRepository(table).FindAsync(party.Id, key, CancellationToken.None);
    }

    /// <summary>A clock that goes on only when it is told to.</summary>
    private sealed class RunTime : TimeProvider
    {
        private DateTimeOffset now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }

    private sealed class Context : ILambdaContext
    {
        public string AwsRequestId => "run";

        public string FunctionName => "RetireKey";

        public string InvokedFunctionArn => "";

        public TimeSpan RemainingTime => TimeSpan.FromMinutes(1);

        public ILambdaLogger Logger { get; } = new Silence();
    }

    private sealed class Silence : ILambdaLogger
    {
        public void LogLine(string message) { }
    }
}
