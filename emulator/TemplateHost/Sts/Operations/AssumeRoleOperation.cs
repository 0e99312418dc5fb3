using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Sts.Operations;

/// <summary>AssumeRole: credentials of a role, for whom its trust policy names, limited by session policies.</summary>
internal sealed partial class AssumeRoleOperation(HostContext context, RoleDirectory directory, RoleSessions sessions)
{
    private const int Shortest = 900;
    private const int Longest = 43200;

    /// <summary>What a session may last that was asked for by another role's session.</summary>
    private const int LongestChained = 3600;

    /// <exception cref="AwsException">A parameter out of its bounds, a malformed policy, or a caller whom the role does not
    /// trust.</exception>
    public IReadOnlyList<XElement> Run(QueryCall call)
    {
        var (roleArn, sessionName) = (call.Required("RoleArn"), call.Required("RoleSessionName"));
        DemandMembers(call, sessionName);
        var role = directory.Find(roleArn[(roleArn.LastIndexOf('/') + 1)..]);
        if (role is null || role.Arn != roleArn)
        {
            throw AccessDenials.Implicit(call.Caller, call.Right, roleArn, resourcePolicyOnly: false);
        }

        context.Authorizer.Demand(call.Caller, call.Right, roleArn, role.TrustPolicy, KeysOf(call, sessionName));
        var lifetime = LifetimeOf(call, role);
        var credentials = sessions.Assume(roleArn, sessionName, lifetime, PoliciesOf(call));
        var caller = context.Roles.CallerFor(roleArn, sessionName);
        return
        [
            new(
                "Credentials",
                new XElement("AccessKeyId", credentials.AccessKeyId),
                new XElement("SecretAccessKey", credentials.SecretAccessKey),
                new XElement("SessionToken", credentials.SessionToken),
                new XElement("Expiration", credentials.Expiration.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            ),
            new("AssumedRoleUser", new XElement("AssumedRoleId", caller.UserId), new XElement("Arn", caller.Arn)),
        ];
    }

    private static Dictionary<string, string> KeysOf(QueryCall call, string sessionName)
    {
        var keys = new Dictionary<string, string> { ["sts:RoleSessionName"] = sessionName };
        if (call.Optional("ExternalId") is { } externalId)
        {
            keys["sts:ExternalId"] = externalId;
        }

        return keys;
    }

    private static void DemandMembers(QueryCall call, string sessionName)
    {
        if (!SessionNamePattern().IsMatch(sessionName))
        {
            throw new AwsException(
                "ValidationError",
                $"1 validation error detected: Value '{sessionName}' at 'roleSessionName' failed to satisfy constraint: Member "
                    + "must satisfy regular expression pattern: [\\w+=,.@-]*"
            );
        }
    }

    private static TimeSpan LifetimeOf(QueryCall call, Role role)
    {
        var given = call.Optional("DurationSeconds") ?? "3600";
        if (!int.TryParse(given, CultureInfo.InvariantCulture, out var seconds) || seconds is < Shortest or > Longest)
        {
            var bound = seconds < Shortest ? $"greater than or equal to {Shortest}" : $"less than or equal to {Longest}";
            throw new AwsException(
                "ValidationError",
                $"1 validation error detected: Value '{given}' at 'durationSeconds' failed to satisfy constraint: Member must "
                    + $"have value {bound}"
            );
        }

        return call.Caller.Kind == CallerKind.Role && seconds > LongestChained
                ? throw new AwsException(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
                )
            : seconds > role.Settings.MaxSessionSeconds
                ? throw new AwsException(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
                )
            : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>One inline policy, and managed ones: together they are what the session may at the most.</summary>
    private List<JsonObject> PoliciesOf(QueryCall call)
    {
        var managed = call.Structures("PolicyArns")
            .Select(policy => policy.GetValueOrDefault("arn", ""))
            .Select(arn =>
                directory.Managed.Find(arn)?.Document ?? throw new AwsException("ValidationError", $"The policy {arn} does not exist.")
            );
        return
        [
            .. call.Optional("Policy") is { Length: > 0 } text ? managed.Prepend(PolicyInput.Parse(text, PolicyKind.Identity)) : managed,
        ];
    }

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}$")]
    private static partial Regex SessionNamePattern();
}
