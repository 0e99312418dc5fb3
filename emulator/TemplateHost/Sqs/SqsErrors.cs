using TemplateHost.Kernel;

namespace TemplateHost.Sqs;

/// <summary>The errors of SQS, and their names in the older query protocol.</summary>
internal static class SqsErrors
{
    private static readonly Dictionary<string, string> QueryCodes = new()
    {
        ["QueueDoesNotExist"] = "AWS.SimpleQueueService.NonExistentQueue",
        ["QueueNameExists"] = "QueueAlreadyExists",
        ["EmptyBatchRequest"] = "AWS.SimpleQueueService.EmptyBatchRequest",
        ["TooManyEntriesInBatchRequest"] = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        ["BatchEntryIdsNotDistinct"] = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        ["BatchRequestTooLong"] = "AWS.SimpleQueueService.BatchRequestTooLong",
        ["InvalidBatchEntryId"] = "AWS.SimpleQueueService.InvalidBatchEntryId",
        ["MessageNotInflight"] = "AWS.SimpleQueueService.MessageNotInflight",
        ["PurgeQueueInProgress"] = "AWS.SimpleQueueService.PurgeQueueInProgress",
        ["UnsupportedOperation"] = "AWS.SimpleQueueService.UnsupportedOperation",
        ["AccessDeniedException"] = "AccessDenied",
    };

    public static string QueryCode(string code) => QueryCodes.GetValueOrDefault(code, code);

    /// <summary>The code with the namespace in which SQS's service model has it, and under the name that it has there.</summary>
    public static string Shape(string code) =>
        code switch
        {
            "AccessDeniedException" => code,
            "InvalidParameterValue" => "com.amazonaws.sqs#InvalidParameterValueException",
            "MissingParameter" => "com.amazonaws.sqs#MissingRequiredParameterException",
            _ => "com.amazonaws.sqs#" + code,
        };

    public static AwsException NoSuchQueue() => new("QueueDoesNotExist", "The specified queue does not exist.");

    public static AwsException InvalidParameter(string message) => new("InvalidParameterValue", message);

    public static AwsException Missing(string parameter) => new("MissingParameter", $"The request must contain the parameter {parameter}.");
}
