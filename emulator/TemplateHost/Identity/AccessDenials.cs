using TemplateHost.Kernel;

namespace TemplateHost.Identity;

/// <summary>Refusals in AWS's words: who, what, on which resource, and which policy is missing or denies.</summary>
internal static class AccessDenials
{
    public static AwsException Implicit(Caller caller, string action, string resourceArn, bool resourcePolicyOnly) =>
        Refuse(
            caller,
            action,
            resourceArn,
            $"because no {(resourcePolicyOnly ? "resource" : "identity")}-based policy allows the {action} action"
        );

    public static AwsException OfSession(Caller caller, string action, string resourceArn) =>
        Refuse(caller, action, resourceArn, $"because no session policy allows the {action} action");

    public static AwsException Explicit(Caller caller, string action, string resourceArn, bool inResourcePolicy) =>
        Refuse(caller, action, resourceArn, $"with an explicit deny in {(inResourcePolicy ? "a resource" : "an identity")}-based policy");

    private static AwsException Refuse(Caller caller, string action, string resourceArn, string why)
    {
        var resource = action.StartsWith("s3:", StringComparison.Ordinal) ? $"\"{resourceArn}\"" : resourceArn;
        var message = $"User: {caller.Arn} is not authorized to perform: {action} on resource: {resource} {why}";
        return action.Split(':')[0] switch
        {
            "s3" or "sts" or "iam" or "sqs" or "cloudformation" => new AwsException("AccessDenied", message, 403),
            "lambda" => new AwsException("AccessDeniedException", message, 403),
            _ => new AwsException("AccessDeniedException", message),
        };
    }
}
