using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Operations;

/// <summary>Finds keys for callers who may use them.</summary>
internal sealed class KeyAccess(HostContext context, KeyStore keys)
{
    /// <summary>The key that <c>KeyId</c> names, once the caller may do the action with it.</summary>
    public KeyRecord Demand(JsonCall call, params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        var identifier = Required(call, "KeyId");
        var key = keys.Get(identifier);
        var conditions = ConditionKeys(key);
        if (identifier.Contains("alias/", StringComparison.Ordinal))
        {
            conditions["kms:RequestAlias"] = identifier[identifier.IndexOf("alias/", StringComparison.Ordinal)..];
        }

        foreach (var (name, value) in more)
        {
            conditions[name] = value;
        }

        context.Authorizer.Demand(call.Caller, call.Right, key.Arn, key.Policy, conditions);
        return key;
    }

    /// <param name="largest">The longest page that the operation gives.</param>
    public static Paging Pages(int largest) =>
        new("Limit", "Marker", "NextMarker", largest, "ValidationException", "InvalidMarkerException") { Truncated = true };

    /// <summary>Only an enabled key does cryptography.</summary>
    public static KeyRecord DemandEnabled(KeyRecord key) =>
        key.State switch
        {
            "Enabled" => key,
            "Disabled" => throw new AwsException("DisabledException", $"{key.Arn} is disabled."),
            _ => throw PendingDeletion(key),
        };

    /// <summary>A key that waits for its deletion is only described, listed, and saved from it.</summary>
    public static KeyRecord DemandKept(KeyRecord key) => key.DeletionDate is null ? key : throw PendingDeletion(key);

    /// <exception cref="AwsException">ValidationException: the parameter is missing.</exception>
    public static string Required(JsonCall call, string name) =>
        call.Input[name]?.ToString()
        ?? throw new AwsException(
            "ValidationException",
            $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy "
                + "constraint: Member must not be null"
        );

    /// <exception cref="AwsException">The parameter is missing, or not base64.</exception>
    public static byte[] Octets(JsonCall call, string name)
    {
        try
        {
            return Convert.FromBase64String(Required(call, name));
        }
        catch (FormatException)
        {
            throw new AwsException("SerializationException", $"{name} is not base64.");
        }
    }

    private static AwsException PendingDeletion(KeyRecord key) => new("KMSInvalidStateException", $"{key.Arn} is pending deletion.");

    private Dictionary<string, string> ConditionKeys(KeyRecord key)
    {
        var conditions = new Dictionary<string, string>
        {
            ["kms:KeySpec"] = key.Spec.Name,
            ["kms:KeyUsage"] = key.Spec.Usage,
            ["kms:CallerAccount"] = context.AccountId,
        };
        var names = keys.Aliases.Where(alias => alias.KeyId == key.KeyId).Select(alias => alias.Name).ToList();
        if (names.Count > 0)
        {
            conditions["kms:ResourceAliases"] = string.Join('\n', names);
        }

        foreach (var (tag, value) in key.Tags)
        {
            conditions[$"aws:ResourceTag/{tag}"] = value;
        }

        return conditions;
    }
}
