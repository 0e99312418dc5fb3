using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>AssociateSoftwareToken, VerifySoftwareToken, SetUserMFAPreference, AdminSetUserMFAPreference.</summary>
internal sealed class SoftwareTokenOperations(HostContext host, PoolDirectory pools)
{
    private const string Factor = "SOFTWARE_TOKEN_MFA";

    // 160 bits, as RFC 4226 recommends.
    private const int SecretLetters = 32;

    /// <summary>Hands out a secret; the one that was verified stays in use until this one is.</summary>
    public async Task<JsonObject> AssociateAsync(JsonCall call)
    {
        var (pool, user) = Bearer(call);
        var token = new SoftwareToken(host.Random.Base32(SecretLetters), LastStep: -1);
        await pools.ChangeAsync(pool, user.Username, known => known with { Mfa = known.Mfa with { Associated = token } });
        return new JsonObject { ["SecretCode"] = token.Secret };
    }

    /// <summary>Takes a first code of the secret that was handed out, which takes the place of an earlier one.</summary>
    public async Task<JsonObject> VerifyAsync(JsonCall call)
    {
        var (pool, user) = Bearer(call);
        var code = PoolDirectory.Text(call.Input, "UserCode");
        var refusal = await host.Store.WriteAsync(session =>
        {
            var known = UserTable.Find(session, pool, user.Username) ?? throw CognitoErrors.UserNotFound();
            var token = known.Mfa.Associated ?? throw CognitoErrors.Invalid("No software token was associated with the user.");
            var wrong = new AwsException("EnableSoftwareTokenMFAException", "Code mismatch");
            var (taken, refused) = SoftwareCodes.Redeem(session, pool, known, token, code, wrong, host);
            if (taken is not null)
            {
                var mfa = known.Mfa with { Verified = taken, Associated = null };
                var changed = known with { Mfa = mfa, ModifiedAt = host.Time.GetUtcNow() };
                UserTable.Put(session, pool, changed);
            }

            return refused;
        });
        return refusal is null ? new JsonObject { ["Status"] = "SUCCESS" } : throw refusal;
    }

    public Task<JsonObject> SetPreferenceAsync(JsonCall call)
    {
        var (pool, user) = Bearer(call);
        return SetPreferenceAsync(pool, user.Username, call.Input);
    }

    /// <summary>What an administrator does for a user whose authenticator is lost.</summary>
    public Task<JsonObject> AdminSetPreferenceAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        DemandTokens(pool);
        return SetPreferenceAsync(pool, PoolDirectory.Text(call.Input, "Username"), call.Input);
    }

    /// <summary>Adds which second factor a user has.</summary>
    public static JsonObject DescribeTo(JsonObject described, User user)
    {
        if (user.Mfa.Enabled)
        {
            described["UserMFASettingList"] = new JsonArray(Factor);
        }

        if (user.Mfa.Preferred)
        {
            described["PreferredMfaSetting"] = Factor;
        }

        return described;
    }

    private async Task<JsonObject> SetPreferenceAsync(UserPool pool, string username, JsonObject input)
    {
        var settings =
            input["SoftwareTokenMfaSettings"] as JsonObject
            ?? throw CognitoErrors.Invalid("SoftwareTokenMfaSettings is required: the embedded host serves no other second factor.");
        var enabled = settings["Enabled"]?.GetValue<bool>() is true;
        var preferred = settings["PreferredMfa"]?.GetValue<bool>() is true;
        if (preferred && !enabled)
        {
            throw CognitoErrors.Invalid("PreferredMfa cannot be set for a factor that is not enabled.");
        }

        await pools.ChangeAsync(
            pool,
            username,
            user =>
                !enabled || user.Mfa.Verified is not null
                    ? user with
                    {
                        Mfa = user.Mfa with { Enabled = enabled, Preferred = preferred },
                    }
                    : throw CognitoErrors.Invalid("User has not verified software token mfa")
        );
        return [];
    }

    private (UserPool Pool, User User) Bearer(JsonCall call)
    {
        var (pool, user) = pools.Bearer(call.Input);
        DemandTokens(pool);
        return (pool, user);
    }

    private static void DemandTokens(UserPool pool)
    {
        if (!pool.SoftwareTokens)
        {
            throw new AwsException("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool.");
        }
    }
}
