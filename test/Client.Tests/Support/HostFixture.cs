using FairShare.Client.Exchange;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
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
    public Task<TestParty> JoinAsync(Workspace workspace, Wire? api = null, Wire? transfers = null)
    {
        var address = $"person{Interlocked.Increment(ref people)}@example.com";
        return new TestJoining(Host.ApiUrl, mailed => Task.FromResult(Host.Mailbox.For(mailed)[^1].Code), workspace).RunAsync(
            address,
            api ?? new Wire(),
            transfers ?? new Wire()
        );
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
