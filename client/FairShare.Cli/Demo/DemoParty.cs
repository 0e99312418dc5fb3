using System.Security.Cryptography;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using TemplateHost.Hosting;

namespace FairShare.Cli.Demo;

/// <summary>
/// A person of the demonstration, signed up, logged in and with a key of her own, over the same calls that everybody makes.
/// </summary>
internal sealed class DemoParty : IDisposable
{
    private readonly HttpClient api;
    private readonly HttpClient transfers;

    private DemoParty(
        DemoLogin login,
        HttpClient api,
        HttpClient transfers,
        CallCounter counter,
        FairShareClient client,
        IPartySigner signer
    ) => (Login, this.api, this.transfers, Counter, Client, Signer) = (login, api, transfers, counter, client, signer);

    public string Name => Login.Name;

    /// <summary>What she signs in with.</summary>
    public DemoLogin Login { get; }

    /// <summary>Calls of the API.</summary>
    public CallCounter Counter { get; }

    public FairShareClient Client { get; }

    public IPartySigner Signer { get; }

    public PartyId Id => Client.Party;

    /// <summary>Signs up, confirms with the mailed code, logs in, and registers a key.</summary>
    public static async Task<DemoParty> JoinAsync(
        string name,
        EmbeddedHost host,
        string folder,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var counter = new CallCounter();
        var api = new HttpClient(counter) { BaseAddress = new Uri(host.ApiUrl.TrimEnd('/') + "/") };
        var transfers = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var randomness = new SystemRandomness();
        var service = await new FairShareApi(api, null, time, randomness).CallAsync(PartyRoutes.DescribeService, cancellationToken);
        var login = DemoLogin.Of(name);
        var session = await LogInAsync(login, host, new CognitoClient(transfers, service.Identity, time, randomness), cancellationToken);
        var options = new FairShareClientOptions(
            new FairShareApi(api, _ => ValueTask.FromResult(session.AccessToken), time, randomness),
            transfers,
            new Profile(folder),
            CognitoClient.PartyOf(session.AccessToken),
            time,
            randomness
        );
        var pins = new StorePins(options.Profile.Trust, time);
        pins.Pin(pins.Propose(options.Api.Address, service));
        var client = await FairShareClient.ConnectAsync(options, cancellationToken);
        var keys = new KeyStore(options.Profile.KeysFolder);
        var passphrase = Secret();
        var key = await client.RegisterOwnKeyAsync(keys, passphrase, new CertifiedIdentity(true, name), cancellationToken);
        return new DemoParty(login, api, transfers, counter, client, keys.Open(KeyId.Parse(key.Kid), passphrase));
    }

    /// <summary>Learns the public keys of the others, so that the exchange itself needs no call for them.</summary>
    public async Task MeetAsync(IEnumerable<DemoParty> all, CancellationToken cancellationToken)
    {
        foreach (var party in all)
        {
            await Client.Directory.RefreshAsync(party.Id, cancellationToken);
        }
    }

    public void Dispose()
    {
        Signer.Dispose();
        api.Dispose();
        transfers.Dispose();
        Counter.Dispose();
    }

    private static async Task<LoginSession> LogInAsync(
        DemoLogin login,
        EmbeddedHost host,
        CognitoClient identity,
        CancellationToken cancellationToken
    )
    {
        await identity.SignUpAsync(login.Address, login.Password, cancellationToken);
        await identity.ConfirmAsync(login.Address, host.Mailbox.For(login.Address)[^1].Code, cancellationToken);
        return await identity.LogInAsync(login.Address, login.Password, cancellationToken);
    }

    private static string Secret() => Base64UrlText.Encode(RandomNumberGenerator.GetBytes(18));
}
