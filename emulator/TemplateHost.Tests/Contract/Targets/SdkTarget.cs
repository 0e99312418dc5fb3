using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using TemplateHost.Testing;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Calls over the AWS SDK; over signed HTTP where the SDK's package for the service, or its operation, is not here.</summary>
internal sealed class SdkTarget : IContractTarget
{
    private readonly SdkClients clients;
    private readonly HttpTarget http;
    private readonly Func<ValueTask> stop;

    public SdkTarget(HttpClient client, string endpoint, (string Id, string Secret) credentials, string roleArn, Func<ValueTask> stop)
    {
        (RoleArn, this.stop) = (roleArn, stop);
        http = new HttpTarget(client, endpoint, new RequestSigner(credentials.Id, credentials.Secret, null, TimeProvider.System));
        clients = new SdkClients(endpoint, new BasicAWSCredentials(credentials.Id, credentials.Secret));
    }

    public string RoleArn { get; }

    public Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input) =>
        clients.Find(service, operation) is var (client, method)
            ? CallAsync(client, method, service, operation, input)
            : http.CallAsync(service, operation, input);

    public Task<Uri> PresignAsync(string bucket, string key) =>
        Task.FromResult(
            new Uri(
                clients.S3.GetPreSignedURL(
                    new()
                    {
                        BucketName = bucket,
                        Key = key,
                        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1),
                        Protocol = Amazon.S3.Protocol.HTTP,
                    }
                )
            )
        );

    public ValueTask DisposeAsync()
    {
        clients.Dispose();
        return stop();
    }

    private static async Task<ContractAnswer> CallAsync(
        AmazonServiceClient client,
        MethodInfo method,
        string service,
        string operation,
        JsonObject input
    )
    {
        var names = service switch
        {
            "s3" => S3Members.Of(operation),
            "states" => MemberNames.Camel,
            _ => MemberNames.Same,
        };
        var request = TypedJson.Build(names.ToTyped(input), method.GetParameters()[0].ParameterType);
        try
        {
            var task = (Task)method.Invoke(client, [request, CancellationToken.None])!;
            await task;
            return new ContractAnswer(null, names.FromTyped(TypedJson.Read(((dynamic)task).Result)));
        }
        catch (AmazonServiceException refusal)
        {
            var members = (JsonObject)TypedJson.Read(refusal)!;
            members["Message"] = refusal.Message;
            var bodiless = service == "s3" && (operation.StartsWith("Head", StringComparison.Ordinal) || (int)refusal.StatusCode == 304);
            return new ContractAnswer(bodiless ? $"{(int)refusal.StatusCode}" : refusal.ErrorCode, members);
        }
    }
}
