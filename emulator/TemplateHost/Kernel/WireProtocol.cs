namespace TemplateHost.Kernel;

/// <summary>The families in which AWS's services speak; each has its own errors.</summary>
internal enum WireProtocol
{
    /// <summary>JSON bodies, the operation in X-Amz-Target: DynamoDB, KMS, Step Functions, SQS, EventBridge, Cognito.</summary>
    Json,

    /// <summary>JSON bodies, the operation in method and path: Lambda.</summary>
    RestJson,

    /// <summary>A form with an Action, answered in XML: IAM, STS, CloudFormation.</summary>
    Query,

    /// <summary>EC2's own kind of <see cref="Query"/>.</summary>
    Ec2,

    /// <summary>XML bodies, the operation in method and path: Route 53, CloudFront.</summary>
    RestXml,

    /// <summary>S3, whose errors are XML of yet another form.</summary>
    S3,
}

/// <summary>Tells in which protocol a request is written.</summary>
internal static class WireProtocols
{
    public static WireProtocol Of(string service, IReadOnlyDictionary<string, string> headers, string rawTarget) =>
        service switch
        {
            "s3" => WireProtocol.S3,
            "lambda" => WireProtocol.RestJson,
            "iam" or "sts" or "cloudformation" => WireProtocol.Query,
            "ec2" => WireProtocol.Ec2,
            "route53" or "cloudfront" => WireProtocol.RestXml,
            _ when headers.ContainsKey("X-Amz-Target") => WireProtocol.Json,
            _ when IsForm(headers, rawTarget) => WireProtocol.Query,
            "dynamodb" or "kms" or "states" or "sqs" or "events" or "cognito-idp" => WireProtocol.Json,
            _ => WireProtocol.RestJson,
        };

    /// <summary>A call of the Query protocol: the operation is in a form, in the body or in the query.</summary>
    public static bool IsForm(IReadOnlyDictionary<string, string> headers, string rawTarget) =>
        headers.GetValueOrDefault("Content-Type", "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || rawTarget.StartsWith("/?Action=", StringComparison.Ordinal);
}
