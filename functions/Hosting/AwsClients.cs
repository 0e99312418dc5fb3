using Amazon;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.KeyManagementService;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SimpleEmailV2;
using Amazon.SQS;
using Amazon.StepFunctions;
using FairShare.Aws.Objects;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Hosting;

/// <summary>Makes the SDK's clients, each when it is first asked for: a cold start pays only for what its handler uses.</summary>
internal sealed class AwsClients(FunctionSettings settings, FunctionDependencies dependencies)
{
    // Well below what a function may take.
    private static readonly TimeSpan PlainTimeout = TimeSpan.FromSeconds(5);

    // A peer that reads a whole body takes up to the 29 seconds of its own.
    private static readonly TimeSpan OutwardTimeout = TimeSpan.FromSeconds(35);
    private const int LongestAnswer = 256 << 10;

    private readonly AWSCredentials credentials = settings is { AccessKeyId: { } id, SecretAccessKey: { } secret }
        ? settings.SessionToken is { } token
            ? new SessionAWSCredentials(id, secret, token)
            : new BasicAWSCredentials(id, secret)
        : DefaultAWSCredentialsIdentityResolver.GetCredentials();

    public AmazonDynamoDBClient DynamoDb() => new(credentials, Configure(new AmazonDynamoDBConfig()));

    public AmazonKeyManagementServiceClient Kms() => new(credentials, Configure(new AmazonKeyManagementServiceConfig()));

    public AmazonStepFunctionsClient StepFunctions() => new(credentials, Configure(new AmazonStepFunctionsConfig()));

    public AmazonLambdaClient Lambda() => new(credentials, Configure(new AmazonLambdaConfig()));

    public AmazonEventBridgeClient EventBridge() => new(credentials, Configure(new AmazonEventBridgeConfig()));

    public AmazonSQSClient Sqs() => new(credentials, Configure(new AmazonSQSConfig()));

    public AmazonSimpleEmailServiceV2Client Ses() => new(credentials, Configure(new AmazonSimpleEmailServiceV2Config()));

    public AmazonS3Client S3() => new(credentials, Configure(new AmazonS3Config { ForcePathStyle = settings.EndpointUrl is not null }));

    /// <summary>A connection for calls that are not signed.</summary>
    public HttpClient Plain()
    {
        var http = dependencies.HttpClientFactory?.CreateHttpClient(new AmazonDynamoDBConfig()) ?? new HttpClient();
        http.Timeout = PlainTimeout;
        return http;
    }

    /// <summary>The same without a bound of its own: the function's is enough.</summary>
    public HttpClient Unbounded()
    {
        var http = Plain();
        http.Timeout = Timeout.InfiniteTimeSpan;
        return http;
    }

    /// <summary>
    /// A connection to servers of others: it goes nowhere else than it is told, and takes no more than a peer's longest answer.
    /// </summary>
    /// <param name="rule">Where it may lead.</param>
    public static HttpClient Outward(AddressRule rule)
    {
        var http = new CheckedConnections(rule).Open();
        http.Timeout = OutwardTimeout;
        http.MaxResponseContentBufferSize = LongestAnswer;
        return http;
    }

    public RequestPresigner Presigner(string bucket) => new(credentials, BucketUrl(bucket), settings.Region, dependencies.Time);

    private string BucketUrl(string bucket) =>
        settings.EndpointUrl is { } endpoint ? $"{endpoint.TrimEnd('/')}/{bucket}" : $"https://{bucket}.s3.{settings.Region}.amazonaws.com";

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.MaxErrorRetry = settings.MaxAttempts - 1;
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        if (settings.EndpointUrl is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = settings.Region;
        }

        if (dependencies.HttpClientFactory is { } factory)
        {
            config.HttpClientFactory = factory;
        }

        return config;
    }
}
