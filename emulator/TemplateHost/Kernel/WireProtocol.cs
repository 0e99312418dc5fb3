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
