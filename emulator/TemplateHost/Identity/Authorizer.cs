using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Identity;

/// <summary>IAM's decision within one account.</summary>
/// <remarks>
/// explicit deny anywhere               -> refused
/// a session policy that does not allow -> refused, whatever else allows
/// allow by the resource policy         -> allowed (the statement names the caller itself)
/// allow by an identity policy          -> allowed; for a KMS key or a role only if its own policy hands the decision to the account
/// root                                 -> allowed
/// otherwise                            -> refused
/// </remarks>
internal sealed class Authorizer(RoleDirectory roles, TimeProvider time, string region, string accountId) : IAuthorizer
{
    private readonly RequestKeys keys = new(time, region, accountId);
    private readonly ConditionalWeakTable<JsonObject, PolicyDocument> resourcePolicies = [];

    /// <summary>Told of every refusal.</summary>
    public Action<string> Denied { get; init; } = _ => { };

    /// <summary>Told of every call that would have been refused but for one statement, of the caller's role or the resource's.</summary>
    public Action<GrantUse>? Relied { get; init; }

    public void Demand(
        Caller caller,
        string action,
        string resourceArn,
        JsonObject? resourcePolicy = null,
        IReadOnlyDictionary<string, string>? context = null
    )
    {
        if (FindRefusal(caller, action, resourceArn, resourcePolicy, context) is { } refusal)
        {
            Denied(refusal.Message);
            throw refusal;
        }
    }

    private AwsException? FindRefusal(
        Caller caller,
        string action,
        string resourceArn,
        JsonObject? resourcePolicy,
        IReadOnlyDictionary<string, string>? context
    )
    {
        var role = caller.RoleName is null ? null : roles.Find(caller.RoleName);
        var question = new AuthorizationContext(action, resourceArn, keys.Of(caller, role, context));
        var resource = resourcePolicy is null ? [] : StatementsOf(resourcePolicy).Where(statement => statement.Applies(question)).ToList();
        var identity = role is null ? [] : role.Statements.Where(part => part.Statement.Applies(question)).ToList();
        var session = caller
            .SessionPolicies?.Select(policy => StatementsOf(policy).Where(statement => statement.Applies(question)).ToList())
            .ToList();
        if (resource.Any(statement => statement.Denies && statement.DeniesTo(caller, role?.Arn, RootAccount.CallerOf(accountId).Arn)))
        {
            return AccessDenials.Explicit(caller, action, resourceArn, inResourcePolicy: true);
        }

        if (
            identity
                .Select(part => part.Statement)
                .Concat(session?.SelectMany(statements => statements) ?? [])
                .Any(statement => statement.Denies)
        )
        {
            return AccessDenials.Explicit(caller, action, resourceArn, inResourcePolicy: false);
        }

        if (session?.TrueForAll(statements => statements.Count == 0) == true)
        {
            return AccessDenials.OfSession(caller, action, resourceArn);
        }

        var naming = resource.Where(statement => !statement.Denies && statement.Names(caller, role?.Arn)).ToList();
        if (naming.Count > 0)
        {
            if (naming is [var one] && caller.Kind == CallerKind.Service)
            {
                Tell(caller.Arn, resourceArn, StatementsOf(resourcePolicy!).TakeWhile(statement => statement != one).Count(), one);
            }

            return null;
        }

        var isHanded = HandsToIdentity(action, resource, resourcePolicy);
        if (!isHanded || (caller.Kind != CallerKind.Root && identity.Count == 0))
        {
            return AccessDenials.Implicit(caller, action, resourceArn, caller.RoleName is null || !isHanded);
        }

        if (identity is [var only] && caller.Kind != CallerKind.Root)
        {
            Tell(role!.Name, only.Policy, only.Index, only.Statement);
        }

        return null;

        void Tell(string who, string policy, int index, PolicyStatement statement) =>
            Relied?.Invoke(
                new(who, policy, index, action, resourceArn)
                {
                    Places = statement.PlacesOf(question),
                    Keys = RequestKeys.OwnOf(caller, context),
                }
            );
    }

    /// <summary>
    /// A KMS key and a role belong to nobody whom their own policy does not name; everything else belongs to its account.
    /// </summary>
    private bool HandsToIdentity(string action, List<PolicyStatement> resource, JsonObject? policy) =>
        policy is null
        || !(action.StartsWith("kms:", StringComparison.Ordinal) || action == "sts:AssumeRole")
        || resource.Any(statement => !statement.Denies && statement.NamesAccount($"arn:aws:iam::{accountId}:root"));

    private IReadOnlyList<PolicyStatement> StatementsOf(JsonObject policy) =>
        resourcePolicies.GetValue(policy, PolicyDocument.Parse).Statements;
}
