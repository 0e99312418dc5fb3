namespace TemplateHost.Kernel;

/// <summary>Who stands behind a request, as its signature (or the calling service) says.</summary>
/// <param name="Kind">What sort of principal this is.</param>
/// <param name="Arn">The principal's ARN: <c>arn:aws:sts::…:assumed-role/Role/session</c>, <c>arn:aws:iam::…:root</c>, or a service
/// name.</param>
/// <param name="RoleName">The IAM role whose policies apply; null for root, services and anonymous callers.</param>
/// <param name="UserId">AWS's unique id of the principal, <c>AROA…:session</c> for a role session: what SQS gives as SenderId.</param>
internal sealed record Caller(CallerKind Kind, string Arn, string? RoleName, string UserId)
{
    /// <summary>Context keys that an AWS service adds when it calls another, for example <c>aws:SourceArn</c>.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>Policies that the session was made with: it may do no more than they allow. Null for none.</summary>
    public IReadOnlyList<System.Text.Json.Nodes.JsonObject>? SessionPolicies { get; init; }

    /// <summary>Whether the host itself polls for a function: what it had received, it lets go of at its next start.</summary>
    public bool IsPoller { get; init; }

    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "anonymous", null, "ANONYMOUS_PRINCIPAL");
}

internal enum CallerKind
{
    /// <summary>No signature; only operations that AWS serves unsigned (Cognito sign-up) accept it.</summary>
    Anonymous,

    /// <summary>The account itself: everything is allowed that no resource policy denies.</summary>
    Root,

    /// <summary>A session of an IAM role.</summary>
    Role,

    /// <summary>An AWS service acting in its own name, for example <c>events.amazonaws.com</c>; only resource policies allow it.</summary>
    Service,
}
