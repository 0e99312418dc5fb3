using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Support;

/// <summary>How people join a service: signed up, logged in, with a self-held key.</summary>
/// <param name="url">The API's address.</param>
/// <param name="codeOf">The code that was mailed to an address.</param>
/// <param name="workspace">Where the profiles go.</param>
internal sealed class TestJoining(string url, Func<string, Task<string>> codeOf, Workspace workspace)
{
    private const string Password = "Correct-horse-1";

    // Less than this is left of a session: another login.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SystemRandomness randomness = new();

    /// <summary>A new person.</summary>
    /// <param name="address">The mail address, and the profile's folder.</param>
    /// <param name="api">What stands on the way to the API.</param>
    /// <param name="transfers">What stands on the way to S3.</param>
    public async Task<TestParty> RunAsync(string address, HttpMessageHandler api, HttpMessageHandler transfers)
    {
        var connection = new HttpClient(api) { BaseAddress = new Uri(url.TrimEnd('/') + "/") };
        var anonymous = new FairShareApi(connection, null, TimeProvider.System, randomness);
        var service = await anonymous.CallAsync(PartyRoutes.DescribeService, default);
        var identity = new CognitoClient(new HttpClient(), service.Identity, TimeProvider.System, randomness);
        await identity.SignUpAsync(address, Password, default);
        await identity.ConfirmAsync(address, await codeOf(address), default);
        var session = await identity.LogInAsync(address, Password, default);
        var profile = new Profile(workspace.At(address));
        var pins = new StorePins(profile.Trust, TimeProvider.System);
        pins.Pin(pins.Propose(url, service));
        var client = await FairShareClient.ConnectAsync(
            new FairShareClientOptions(
                new FairShareApi(connection, TokenAsync, TimeProvider.System, randomness),
                new HttpClient(transfers),
                profile,
                CognitoClient.PartyOf(session.AccessToken),
                TimeProvider.System,
                randomness
            ),
            default
        );
        var store = new KeyStore(profile.KeysFolder);
        var key = await client.RegisterOwnKeyAsync(store, "passphrase", CertifiedIdentity.None, default);
        return new TestParty(client, store.Open(KeyId.Parse(key.Kid), "passphrase"), profile);

        async ValueTask<string> TokenAsync(CancellationToken stop)
        {
            if (session.Expires - TimeProvider.System.GetUtcNow() < Margin)
            {
                session = await identity.LogInAsync(address, Password, stop);
            }

            return session.AccessToken;
        }
    }
}
