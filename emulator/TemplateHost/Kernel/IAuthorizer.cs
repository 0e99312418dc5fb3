namespace TemplateHost.Kernel;

/// <summary>Decides as IAM does: an explicit deny, then an allow by identity or resource policy, else an implicit deny.</summary>
internal interface IAuthorizer
{
    /// <summary>Passes when the caller may do the action on the resource.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">The IAM action, for example <c>dynamodb:PutItem</c>.</param>
    /// <param name="resourceArn">The resource's ARN, or <c>*</c>.</param>
    /// <param name="resourcePolicy">The resource's own policy document, if it has one.</param>
    /// <param name="context">Condition keys of this request, for example <c>dynamodb:LeadingKeys</c>; several values are joined by a
    /// newline.</param>
    /// <exception cref="AwsException">AccessDenied in the wording of AWS: principal, action, resource, and which kind of policy is
    /// missing.</exception>
    void Demand(
        Caller caller,
        string action,
        string resourceArn,
        System.Text.Json.Nodes.JsonObject? resourcePolicy = null,
        IReadOnlyDictionary<string, string>? context = null
    );
}

/// <summary>Roles and their sessions, as the template declares them.</summary>
internal interface IRoleSessions
{
    /// <summary>Short-lived credentials of a role, as STS would give them.</summary>
    SessionCredentials Assume(string roleArn, string sessionName);

    /// <summary>The role as a caller inside the host, for a service that acts in its name (Step Functions, Lambda).</summary>
    Caller CallerFor(string roleArn, string sessionName);
}

public sealed record SessionCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration);
