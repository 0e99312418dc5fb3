using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Something that claims to behave as AWS does; the same contract is put to each.</summary>
public interface IContractTarget : IAsyncDisposable
{
    /// <summary>A role that state machines and functions may run in.</summary>
    string RoleArn { get; }

    /// <summary>Calls an operation by its names in AWS's API reference: members as there, octets in base64, S3's bodies too.</summary>
    /// <param name="service">The service's name in a signature, as <c>states</c>; <c>streams.dynamodb</c> is DynamoDB's streams.</param>
    /// <param name="operation">The operation's name, as <c>StartExecution</c>.</param>
    /// <param name="input">The request's members.</param>
    Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input);

    /// <summary>A presigned URL that reads an object of S3 for a minute.</summary>
    Task<Uri> PresignAsync(string bucket, string key);
}
