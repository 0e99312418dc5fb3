using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary><c>aws-sdk:dynamodb:*</c>: any operation, parameters and answer in the SDK's member case.</summary>
internal static class SdkIntegration
{
    // The errors that DynamoDB's service model names; the SDK reports any other under the service's base exception.
    private static readonly HashSet<string> Modelled =
    [
        "ConditionalCheckFailedException",
        "IdempotentParameterMismatchException",
        "InternalServerError",
        "ItemCollectionSizeLimitExceededException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ResourceInUseException",
        "ResourceNotFoundException",
        "TransactionCanceledException",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingException",
    ];

    public static async Task<JsonNode?> CallAsync(
        ExecutionRun run,
        TaskResource resource,
        TaskAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        var operation = char.ToUpperInvariant(resource.Action[0]) + resource.Action[1..];
        var input = AttributeNames.ToWire(attempt.Parameters)!.AsObject();
        if (operation == "TransactWriteItems" && !input.ContainsKey("ClientRequestToken"))
        {
            // As the SDK does; a call that is repeated after a restart is thereby the same call.
            input["ClientRequestToken"] = attempt.RequestToken;
        }

        try
        {
            return AttributeNames.FromWire(await run.Host.Services.CallAsync(run.Caller, "dynamodb", operation, input, cancellationToken));
        }
        catch (AwsException refusal)
        {
            throw TaskIntegrations.Failure(ErrorName(refusal.Code), "DynamoDb", refusal, attempt.RequestToken);
        }
    }

    private static string ErrorName(string code) =>
        !Modelled.Contains(code)
            ? "DynamoDb.DynamoDbException"
            : "DynamoDb." + (code.EndsWith("Exception", StringComparison.Ordinal) ? code : code + "Exception");
}
