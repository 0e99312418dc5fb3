using System.Globalization;
using TemplateHost.Kernel;

namespace TemplateHost.Identity;

/// <summary>The condition keys of requests, with their values.</summary>
internal sealed class RequestKeys(TimeProvider time, string region, string accountId)
{
    /// <summary>All keys of a request: those that every request has, the role's tags, and its own.</summary>
    public Dictionary<string, string> Of(Caller caller, Role? role, IReadOnlyDictionary<string, string>? context)
    {
        var keys = General(caller, role);
        foreach (var (name, value) in role?.Settings.Tags ?? new Dictionary<string, string>())
        {
            keys[$"aws:PrincipalTag/{name}"] = value;
        }

        foreach (var (name, value) in OwnOf(caller, context))
        {
            keys[name] = value;
        }

        return keys;
    }

    /// <summary>The keys that this request has and others have not; what it brings itself goes before what its caller brings.</summary>
    public static Dictionary<string, string> OwnOf(Caller caller, IReadOnlyDictionary<string, string>? context)
    {
        var keys = new Dictionary<string, string>(caller.Context, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in context ?? new Dictionary<string, string>())
        {
            keys[name] = value;
        }

        return keys;
    }

    private Dictionary<string, string> General(Caller caller, Role? role)
    {
        var now = time.GetUtcNow();
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalArn"] = role?.Arn ?? caller.Arn,
            ["aws:PrincipalAccount"] = accountId,
            ["aws:PrincipalType"] =
                caller.Kind == CallerKind.Role ? "AssumedRole"
                : caller.Kind == CallerKind.Root ? "Account"
                : "Anonymous",
            ["aws:userid"] = caller.UserId,
            ["aws:ResourceAccount"] = accountId,
            ["aws:RequestedRegion"] = region,
            ["aws:CurrentTime"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["aws:EpochTime"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["aws:SourceIp"] = "127.0.0.1",
            // The host listens on the loopback device only: nobody else can read or change what passes there, which is what TLS is demanded
            // for.
            ["aws:SecureTransport"] = "true",
            ["aws:PrincipalIsAWSService"] = caller.Kind == CallerKind.Service ? "true" : "false",
        };
    }
}
