namespace TemplateHost.Identity;

/// <summary>
/// A call that one statement of a policy allowed, and nothing else did: without it the call would have been refused.
/// </summary>
/// <param name="Role">The name of the role whose policy it is; for a resource's own policy the service that it lets, as
/// <c>events.amazonaws.com</c>.</param>
/// <param name="Policy">The name of the role's policy that has the statement; for a resource's own policy the ARN of the resource.</param>
/// <param name="Statement">The statement's place in that policy, from 0.</param>
/// <param name="Action">The action, as it was asked for.</param>
/// <param name="Resource">The ARN of what it was asked for.</param>
public sealed record GrantUse(string Role, string Policy, int Statement, string Action, string Resource)
{
    /// <summary>Which of the statement's resources the call was allowed by: their places in its list, from 0.</summary>
    public IReadOnlyList<int> Places { get; init; } = [];

    /// <summary>The condition keys of the call itself, as <c>dynamodb:LeadingKeys</c>; several values are joined by a newline.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();
}
