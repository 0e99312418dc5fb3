namespace TemplateHost.Gateway.Faults;

/// <summary>What can go wrong with a call of a service.</summary>
public enum FaultKind
{
    /// <summary>The answer comes late, by the rule's delay on the host's clock.</summary>
    Delay,

    /// <summary>The service refuses for its load, in its own words.</summary>
    Throttle,

    /// <summary>No answer comes for the rule's delay, then the connection breaks; nothing was done.</summary>
    Timeout,

    /// <summary>The service fails with its internal error; nothing was done.</summary>
    InternalError,

    /// <summary>The service does not know yet that the caller may, as after a change of tags or policies; nothing was done.</summary>
    Deny,

    /// <summary>The request arrives twice; the second answer is the one that is seen.</summary>
    Duplicate,

    /// <summary>The connection breaks before anything was done.</summary>
    CutBefore,

    /// <summary>The connection breaks after all was done: the answer is lost.</summary>
    CutAfter,

    /// <summary>The service refuses with the rule's error code; nothing was done.</summary>
    Refuse,

    /// <summary>
    /// The function that calls ends before anything was done, as its process would: nothing of the invocation goes on, and its invoker is
    /// told of an error. A workflow, which does not end with its machine, sees a broken connection.
    /// </summary>
    CrashBefore,

    /// <summary>The same after all was done.</summary>
    CrashAfter,
}

/// <summary>One way in which calls go wrong.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Probability">How often, from 0 to 1.</param>
/// <param name="Service">The service's signing name; null for all.</param>
/// <param name="Operation">The operation, where X-Amz-Target or a workflow names it; else the HTTP method; null for all.</param>
/// <param name="Delay">How late, for <see cref="FaultKind.Delay"/> and <see cref="FaultKind.Timeout"/>.</param>
/// <param name="Code">The error's code, for <see cref="FaultKind.Refuse"/>.</param>
public sealed record FaultRule(
    FaultKind Kind,
    double Probability,
    string? Service = null,
    string? Operation = null,
    TimeSpan Delay = default,
    string Code = "ServiceUnavailable"
);
