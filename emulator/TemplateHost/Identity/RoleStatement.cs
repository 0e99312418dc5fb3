using TemplateHost.Identity.Policies;

namespace TemplateHost.Identity;

/// <summary>A statement of one of a role's policies.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Index">The statement's place in the policy, from 0.</param>
/// <param name="Statement">What it says.</param>
internal sealed record RoleStatement(string Policy, int Index, PolicyStatement Statement);
