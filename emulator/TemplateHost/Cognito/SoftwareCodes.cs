using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Cognito;

/// <summary>Redeems an authenticator's codes: each once, and few that are wrong.</summary>
internal static class SoftwareCodes
{
    /// <summary>Takes a code of the token, or counts a failure, within a write that the refusal must not undo.</summary>
    /// <returns>The token as it is after the code, or why the code is refused.</returns>
    public static (SoftwareToken? Taken, AwsException? Refusal) Redeem(
        StoreSession session,
        UserPool pool,
        User user,
        SoftwareToken token,
        string code,
        AwsException wrong,
        HostContext host
    )
    {
        var now = host.Time.GetUtcNow();
        if (AttemptTable.Read(session, pool, user.Username, AttemptTable.SoftwareTokens, now).Count >= Attempts.MostCodes)
        {
            return (null, CognitoErrors.AttemptLimit());
        }

        var step = token.StepOf(code, now);
        if (step is null || step <= token.LastStep)
        {
            AttemptTable.Count(session, pool, user.Username, AttemptTable.SoftwareTokens, now);
            var used = new AwsException("ExpiredCodeException", "Your software token has already been used once.");
            return (null, step is null ? wrong : used);
        }

        AttemptTable.Clear(session, pool, user.Username, AttemptTable.SoftwareTokens);
        return (token with { LastStep = step.Value }, null);
    }
}
