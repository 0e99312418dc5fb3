using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Faults;

/// <summary>How each service says that it has too much to do, or that it failed.</summary>
internal static class FaultErrors
{
    public static AwsException Throttled(string service) =>
        service switch
        {
            "dynamodb" => new("ThrottlingException", "Rate of requests exceeds the allowed throughput."),
            "s3" => new("SlowDown", "Please reduce your request rate.", 503),
            "lambda" => new("TooManyRequestsException", "Rate Exceeded.", 429),
            "cognito-idp" => new("TooManyRequestsException", "Rate exceeded"),
            "execute-api" => new("TooManyRequestsException", "Too Many Requests", 429),
            "sts" or "iam" => new("Throttling", "Rate exceeded"),
            _ => new("ThrottlingException", "Rate exceeded"),
        };

    public static AwsException Denied(string service) =>
        new(
            service is "s3" or "sts" or "iam" or "sqs" ? "AccessDenied" : "AccessDeniedException",
            "The caller is not authorized to perform this action yet.",
            403
        );

    public static AwsException Internal(string service) =>
        service switch
        {
            "dynamodb" => new("InternalServerError", "Internal server error", 500),
            "s3" => new("InternalError", "We encountered an internal error. Please try again.", 500),
            "kms" => new(
                "KMSInternalException",
                "The request was rejected because an internal exception occurred. The request can be retried.",
                500
            ),
            "lambda" => new("ServiceException", "The Lambda service encountered an internal error.", 500),
            "cognito-idp" => new("InternalErrorException", "Amazon Cognito encountered an internal error.", 500),
            _ => new("InternalFailure", "The request processing has failed because of an unknown error.", 500),
        };
}
