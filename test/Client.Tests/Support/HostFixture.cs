using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Support;

/// <summary>One embedded host for the tests of a class: the service as the template declares it, over real connections.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private static int people;

    public EmbeddedHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json"));
        Host = await ServiceHost.StartAsync(new EmbeddedHostOptions(), template);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A new person: signed up, logged in, with a self-held key.</summary>
    /// <param name="workspace">Where the profile goes.</param>
    /// <param name="api">What stands on the way to the API; null for nothing.</param>
    /// <param name="transfers">What stands on the way to S3; null for nothing.</param>
    public async Task<TestParty> JoinAsync(Workspace workspace, Wire? api = null, Wire? transfers = null)
    {
        var address = $"person{Interlocked.Increment(ref people)}@example.com";
        var connection = new HttpClient(api ?? new Wire()) { BaseAddress = new Uri(Host.ApiUrl.TrimEnd('/') + "/") };
        var plain = new HttpClient(transfers ?? new Wire());
        var randomness = new SystemRandomness();
        var service = await new FairShareApi(connection, null, TimeProvider.System, randomness).CallAsync(
            PartyRoutes.DescribeService,
            default
        );
        using var pool = new HttpClient();
        var identity = new CognitoClient(pool, service.Identity, TimeProvider.System, randomness);
        await identity.SignUpAsync(address, "Correct-horse-1", default);
        await identity.ConfirmAsync(address, Host.Mailbox.For(address)[^1].Code, default);
        var session = await identity.LogInAsync(address, "Correct-horse-1", default);
        var profile = new Profile(workspace.At(address));
        var pins = new StorePins(profile.Trust, TimeProvider.System);
        pins.Pin(pins.Propose(Host.ApiUrl, service));
        var client = await FairShareClient.ConnectAsync(
            new FairShareClientOptions(
                new FairShareApi(connection, _ => ValueTask.FromResult(session.AccessToken), TimeProvider.System, randomness),
                plain,
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
    }
}

/// <summary>A person of a test.</summary>
public sealed record TestParty(FairShareClient Client, LocalSigner Signer, Profile Profile)
{
    public async Task<Deposit> PutAsync(string path, params PartyId[] audience) =>
        await Client.PutAsync(
            new PutOrder(path, DocumentName.Parse(Path.GetFileName(path)), MediaType.Unknown, audience),
            Signer,
            new TransferWatch(),
            default
        );

    public Task<OpenedExchange> OpenAsync(Deposit deposit) => Client.OpenAsync(deposit.Document.Id, null, new TransferWatch(), default);

    public Task<ReceivedDocument> AcceptAsync(OpenedExchange exchange, string folder) =>
        Client.AcceptAsync(exchange, folder, Signer, new TransferWatch(), default);
}
