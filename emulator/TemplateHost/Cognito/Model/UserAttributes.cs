using System.Text.Json.Nodes;

namespace TemplateHost.Cognito.Model;

/// <summary>
/// Which attributes users have, and who may write them:
/// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html.
/// </summary>
internal static class UserAttributes
{
    private const string Custom = "custom:";
    private const int LongestValue = 2048;

    private static readonly HashSet<string> Standard =
    [
        "address",
        "birthdate",
        "email",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    ];

    private static readonly HashSet<string> OfAdministrators = ["email_verified", "phone_number_verified"];

    /// <summary>Whether an id token may carry the attribute; nothing else that a user record holds becomes a claim.</summary>
    public static bool IsClaim(string name) =>
        Standard.Contains(name) || OfAdministrators.Contains(name) || name.StartsWith(Custom, StringComparison.Ordinal);

    /// <summary>The names of the custom attributes that a pool's schema declares.</summary>
    public static IReadOnlyList<string> CustomOf(IEnumerable<JsonNode?> schema) =>
        [
            .. schema
                .Select(attribute => attribute?["Name"]?.ToString() ?? "")
                .Where(name => name.Length > 0 && !Standard.Contains(name))
                .Select(Prefixed),
        ];

    /// <summary>Demands that all of them may be written.</summary>
    /// <param name="client">Through which a user writes; null for an administrator.</param>
    /// <exception cref="Kernel.AwsException">NotAuthorizedException or InvalidParameterException, naming what is wrong.</exception>
    public static void DemandWritable(UserPool pool, UserPoolClient? client, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (client is not null && !MayWrite(client, name))
            {
                throw CognitoErrors.NotAuthorized("A client attempted to write unauthorized attribute");
            }

            if (FaultOf(pool, name, value) is { } fault)
            {
                throw CognitoErrors.Invalid(fault);
            }
        }
    }

    // What speaks of the user in Cognito's own name is nobody's to write; the flags that an address is verified are the administrator's.
    private static bool MayWrite(UserPoolClient client, string name) =>
        name is not ("sub" or "identities")
        && !OfAdministrators.Contains(name)
        && !name.StartsWith("cognito:", StringComparison.Ordinal)
        && client.WriteAttributes?.Contains(name) is not false;

    private static string? FaultOf(UserPool pool, string name, string value) =>
        name == "sub" ? "Cannot modify the non-mutable attribute sub"
        : value.Length > LongestValue
            ? $"Attributes did not conform to the schema: {name}: String must be no longer than {LongestValue} characters\n"
        : Standard.Contains(name) || OfAdministrators.Contains(name) || pool.CustomAttributes.Contains(name) ? null
        : name.StartsWith(Custom, StringComparison.Ordinal)
            ? $"Attributes did not conform to the schema: {name}: Attribute does not exist in the schema.\n"
        : $"Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined";

    private static string Prefixed(string name) => name.StartsWith(Custom, StringComparison.Ordinal) ? name : Custom + name;
}
