using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;
using TemplateHost.Kernel;
using TemplateHost.Testing;

namespace TemplateHost.Tests.Support;

/// <summary>A host on a clock of its own, reached by signed requests without sockets.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private const string PoolOutputs = """, "PoolId": { "Value": { "Ref": "Pool" } }, "ClientId": { "Value": { "Ref": "PoolClient" } }""";

    private readonly HttpClient client;
    private bool keepsData;

    private TestHost(EmbeddedHost host, ManualTime time, string directory, bool keepsData)
    {
        (Host, Time, Directory, this.keepsData) = (host, time, directory, keepsData);
        client = new HttpClient(host.CreateHandler());
    }

    public EmbeddedHost Host { get; }

    public ManualTime Time { get; }

    public string Directory { get; }

    /// <summary>What the host reported that no caller heard of.</summary>
    public required ConcurrentQueue<string> Faults { get; init; }

    /// <summary>A template with one role, <c>WorkflowRole</c>, that may do everything, and the given resources.</summary>
    public static string Template(string resources = "") =>
        $$"""
            {
              "Resources": {
                "WorkflowRole": {
                  "Type": "AWS::IAM::Role",
                  "Properties": {
                    "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
                      { "Effect": "Allow", "Principal": { "Service": ["states.amazonaws.com", "lambda.amazonaws.com"] },
                        "Action": "sts:AssumeRole" } ] },
                    "Policies": [ { "PolicyName": "all", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
                      { "Effect": "Allow", "Action": "*", "Resource": "*" } ] } } ]
                  }
                }{{(resources.Length == 0 ? "" : "," + resources)}}
              },
              "Outputs": { "WorkflowRoleArn": { "Value": { "Fn::GetAtt": ["WorkflowRole", "Arn"] } }{{(
                resources.Contains("\"Pool\"", StringComparison.Ordinal) ? PoolOutputs : ""
            )}} }
            }
            """;

    public static async Task<TestHost> StartAsync(
        string? template = null,
        ManualTime? time = null,
        string? directory = null,
        string? functions = null,
        TimeSpan transactionDuration = default,
        TimeSpan window = default,
        FunctionFactory? factory = null,
        FaultPlan? plan = null
    )
    {
        time ??= new ManualTime();
        var data = directory ?? System.IO.Directory.CreateTempSubdirectory("template-host-host-").FullName;
        var faults = new ConcurrentQueue<string>();
        var options = new EmbeddedHostOptions
        {
            DataDirectory = data,
            Listen = false,
            Time = time,
            CallerTime = time,
            FunctionsDirectory = functions,
            FunctionFactory = factory,
            Faults = plan,
            TransactionDuration = transactionDuration,
            LongestBatchingWindow = window,
            Fault = (where, fault) => faults.Enqueue($"{where} {fault.Message}"),
        };
        return new TestHost(await EmbeddedHost.StartAsync(options, template ?? Template()), time, data, directory is not null)
        {
            Faults = faults,
        };
    }

    /// <summary>Stops the host and starts another on its data.</summary>
    public async Task<TestHost> RestartAsync(string? template = null)
    {
        await Host.DisposeAsync();
        var again = await StartAsync(template, Time, Directory);
        again.keepsData = keepsData;
        return again;
    }

    /// <summary>Calls an operation as the account's root, or as a role.</summary>
    /// <exception cref="AwsCallException">The host refused.</exception>
    public async Task<JsonObject> CallAsync(string service, string operation, JsonObject input, string? role = null)
    {
        using var response = await SendAsync(service, operation, input, role);
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
        return response.IsSuccessStatusCode ? body : throw new AwsCallException(body, (int)response.StatusCode);
    }

    public async Task<HttpResponseMessage> SendAsync(string service, string operation, JsonObject input, string? role = null)
    {
        using var request = JsonProtocol.Request(Host.AwsUrl, service, operation, input);
        await SignerFor(role).SignAsync(request, service);
        return await client.SendAsync(request);
    }

    public RequestSigner SignerFor(string? role)
    {
        if (role is null)
        {
            return new RequestSigner(Host.RootCredentials.AccessKeyId, Host.RootCredentials.SecretAccessKey, null, Time);
        }

        var session = Host.CredentialsFor(role);
        return new RequestSigner(session.AccessKeyId, session.SecretAccessKey, session.SessionToken, Time);
    }

    public HttpClient Client => client;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Host.DisposeAsync();
        if (!keepsData && System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}

/// <summary>A refusal, by its error code.</summary>
public sealed class AwsCallException(JsonObject body, int status) : Exception(body.ToJsonString())
{
    public string Code { get; } = body["__type"]?.GetValue<string>() ?? "";

    public int Status { get; } = status;

    public JsonObject Body { get; } = body;
}
