using System.Reflection;
using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.StepFunctions;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>The SDK's clients for one endpoint.</summary>
internal sealed class SdkClients(string endpoint, AWSCredentials credentials) : IDisposable
{
    private readonly Dictionary<string, AmazonServiceClient> clients = [];

    public AmazonS3Client S3 => (AmazonS3Client)Client("s3")!;

    /// <summary>The client of a service and its method for an operation; null where the SDK here has none.</summary>
    public (AmazonServiceClient Client, MethodInfo Method)? Find(string service, string operation)
    {
        if (Client(service) is not { } client)
        {
            return null;
        }

        var name = service == "s3" ? S3Members.MethodOf(operation) : operation;
        var method = client
            .GetType()
            .GetMethods()
            .FirstOrDefault(candidate =>
                candidate.Name == $"{name}Async"
                && candidate.GetParameters() is [{ ParameterType.Name: var request }, _]
                && request == $"{name}Request"
            );
        return method is null ? null : (client, method);
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private AmazonServiceClient? Client(string service)
    {
        if (!clients.TryGetValue(service, out var client) && Create(service) is { } created)
        {
            clients[service] = client = created;
        }

        return client;
    }

    private AmazonServiceClient? Create(string service) =>
        service switch
        {
            "dynamodb" => new AmazonDynamoDBClient(credentials, Configure(new AmazonDynamoDBConfig())),
            "kms" => new AmazonKeyManagementServiceClient(credentials, Configure(new AmazonKeyManagementServiceConfig())),
            "s3" => new AmazonS3Client(credentials, Configure(new AmazonS3Config { ForcePathStyle = true })),
            "states" => new AmazonStepFunctionsClient(credentials, Configure(new AmazonStepFunctionsConfig())),
            _ => null,
        };

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = endpoint;
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        return config;
    }
}
