using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Settings;

/// <summary>The session's access token, renewed when it has expired.</summary>
internal sealed class AccessTokens(Profile profile, HttpClient http, HttpClient identityHttp, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <exception cref="CommandException">There is no session, or it can no longer be renewed.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var session = profile.Session ?? throw NotLoggedIn("You are not logged in.");
            return session.Expires > time.GetUtcNow() ? session.AccessToken : await RenewOnceAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    // Of several commands that run at once, one renews the session and the others take what it has got.
    private async Task<string> RenewOnceAsync(CancellationToken cancellationToken)
    {
        using var held = await profile.LockSessionAsync(time, cancellationToken);
        var session = profile.Session ?? throw NotLoggedIn("You are not logged in.");
        if (session.Expires <= time.GetUtcNow())
        {
            session = await RenewAsync(session, cancellationToken);
            profile.Session = session;
        }

        return session.AccessToken;
    }

    private async Task<LoginSession> RenewAsync(LoginSession session, CancellationToken cancellationToken)
    {
        var api = new FairShareApi(http, null, time, new SystemRandomness());
        var service = await api.CallAsync(PartyRoutes.DescribeService, cancellationToken);
        // The refresh token opens the account: only the pinned store's service gets it.
        new StorePins(profile.Trust, time).Require(api.Address, service);
        try
        {
            var identity = new CognitoClient(identityHttp, service.Identity, time, new SystemRandomness());
            return await identity.RefreshAsync(session.RefreshToken, cancellationToken);
        }
        catch (IdentityProblem)
        {
            throw NotLoggedIn("The session has ended.");
        }
    }

    private static CommandException NotLoggedIn(string message) =>
        new(ExitCode.NotLoggedIn, "not-logged-in", message, "Run fairshare login.");
}
