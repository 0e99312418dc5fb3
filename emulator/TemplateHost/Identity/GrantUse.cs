namespace TemplateHost.Identity;

/// <summary>
/// A call that one statement of the caller's role allowed, and nothing else did: without it the call would have been refused.
/// </summary>
/// <param name="Role">The role's name.</param>
/// <param name="Policy">The name of the role's policy that has the statement.</param>
/// <param name="Statement">The statement's place in that policy, from 0.</param>
/// <param name="Action">The action, as it was asked for.</param>
/// <param name="Resource">The ARN of what it was asked for.</param>
public sealed record GrantUse(string Role, string Policy, int Statement, string Action, string Resource);
