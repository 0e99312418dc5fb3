using System.Text.RegularExpressions;
using TemplateHost.Gateway.Signing;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>Finds the service that a request is for, as AWS does by host name: all services share one address here.</summary>
/// <remarks>
/// By the scope of the credential. Unsigned, or not to be read: by X-Amz-Target; by host name; by path; a form is of the Query services,
/// all of which refuse it alike; else S3, whose objects may be public.
/// </remarks>
internal static partial class ServiceRouter
{
    private static readonly Dictionary<string, string> Targets = new(StringComparer.Ordinal)
    {
        ["DynamoDB_20120810"] = "dynamodb",
        ["DynamoDBStreams_20120810"] = "dynamodb",
        ["TrentService"] = "kms",
        ["AWSStepFunctions"] = "states",
        ["AmazonSQS"] = "sqs",
        ["AWSEvents"] = "events",
        ["AWSCognitoIdentityProviderService"] = "cognito-idp",
        ["Logs_20140328"] = "logs",
    };

    /// <param name="request">The request.</param>
    /// <param name="claim">Its signature; null where there is none, or none that can be read. Authentication says what is wrong with it, in
    /// the words of the service that the rest of the request speaks of.</param>
    public static string Find(WireRequest request, SignatureClaim? claim)
    {
        if (claim is not null)
        {
            return claim.Scope.Service;
        }

        return ByTarget(request)
            ?? request.Header("X-Amz-Target")?.Split('.')[0]
            ?? ByHost(request.Header("Host") ?? "")
            ?? (
                UserPoolPath().IsMatch(request.RawPath) || IsPreflightOfUserPools(request) ? "cognito-idp"
                : FunctionPath().IsMatch(request.RawPath) ? "lambda"
                : IsForm(request) ? "query"
                : "s3"
            );
    }

    /// <summary>The service that X-Amz-Target names; null when there is none.</summary>
    public static string? ByTarget(WireRequest request) =>
        request.Header("X-Amz-Target") is { } target ? Targets.GetValueOrDefault(target.Split('.')[0]) : null;

    /// <summary>The protocol that a request to the service is written in.</summary>
    public static WireProtocol ProtocolOf(string service, WireRequest request) =>
        service switch
        {
            "s3" => WireProtocol.S3,
            "lambda" => WireProtocol.RestJson,
            "iam" or "sts" or "cloudformation" => WireProtocol.Query,
            "ec2" => WireProtocol.Ec2,
            "route53" or "cloudfront" => WireProtocol.RestXml,
            _ when request.Header("X-Amz-Target") is not null => WireProtocol.Json,
            _ when IsForm(request) => WireProtocol.Query,
            "dynamodb" or "kms" or "states" or "sqs" or "events" or "cognito-idp" => WireProtocol.Json,
            _ => WireProtocol.RestJson,
        };

    /// <summary>A call of the Query protocol: the operation is in a form, in the body or in the query.</summary>
    private static bool IsForm(WireRequest request) =>
        (request.Header("Content-Type") ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || request.RawTarget.StartsWith("/?Action=", StringComparison.Ordinal);

    // Before it sends X-Amz-Target, a page asks whether it may. Of the services that read the header, only user pools answer pages.
    private static bool IsPreflightOfUserPools(WireRequest request) =>
        request.Method == "OPTIONS"
        && request.RawPath == "/"
        && (request.Header("Access-Control-Request-Headers") ?? "").Contains("x-amz-target", StringComparison.OrdinalIgnoreCase);

    private static string? ByHost(string host) => host.Split('.')[0] is var first && Targets.ContainsValue(first) ? first : null;

    [GeneratedRegex("^/[a-z]+-[a-z]+-[0-9]_[A-Za-z0-9]+/")]
    private static partial Regex UserPoolPath();

    [GeneratedRegex("^/2015-03-31/(functions|event-source-mappings)")]
    private static partial Regex FunctionPath();
}
