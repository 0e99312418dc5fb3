using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.S3;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Kernel;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>Clients of AWS: with the rights of the account's owner, and with those that it can give itself.</summary>
internal sealed class OperatorClients(TestHost host)
{
    /// <summary>The buckets, with the rights of the owner.</summary>
    public AmazonS3Client Objects() => new(host.Owner(), host.Configure(new AmazonS3Config { ForcePathStyle = true }));

    /// <summary>The tables, with the rights of the owner.</summary>
    public AmazonDynamoDBClient Tables() => new(host.Owner(), host.Configure(new AmazonDynamoDBConfig { MaxErrorRetry = 0 }));

    /// <summary>A client with the rights of the auditor.</summary>
    public async Task<AmazonDynamoDBClient> AuditorAsync()
    {
        var role = JsonNode.Parse(AuditedService.Template)!["Resources"]!
            .AsObject()
            .Single(resource =>
                $"{resource.Value!["Type"]}" == "AWS::IAM::Role" && resource.Key.StartsWith("AuditStore", StringComparison.Ordinal)
            );
        return Client(host.Embedded.CredentialsFor(await Operator().PhysicalIdAsync(AuditorStack.StackName, role.Key)));
    }

    /// <summary>A client with the rights of a role.</summary>
    public AmazonDynamoDBClient Client(SessionCredentials credentials) =>
        new(credentials.AsSession(), host.Configure(new AmazonDynamoDBConfig { MaxErrorRetry = 0 }));

    /// <summary>What calls as the operator who may do everything.</summary>
    public SignedAwsClient Operator() => SignedAwsClient.OfRoot(host);
}
