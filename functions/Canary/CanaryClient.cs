using FairShare.Aws.Canary;
using FairShare.Client.Exchange;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Canary;

/// <summary>One party of the canary, logged in, with a key.</summary>
internal sealed class CanaryClient : IDisposable
{
    private CanaryClient(FairShareClient client, LocalSigner signer, CanaryParty party) =>
        (Client, Signer, Party) = (client, signer, party);

    public FairShareClient Client { get; }

    public LocalSigner Signer { get; }

    /// <summary>The party as it is to be kept: with its key.</summary>
    public CanaryParty Party { get; }

    /// <summary>Logs in, and registers a key where the party has none yet.</summary>
    public static async Task<CanaryClient> ConnectAsync(
        CanaryConnections connections,
        CanaryParty party,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var (time, randomness) = (connections.Time, connections.Randomness);
        var service = await connections.ApiOf(null).CallAsync(PartyRoutes.DescribeService, cancellationToken);
        var identity = new CognitoClient(connections.Transfers, service.Identity, time, randomness);
        var session = await identity.LogInAsync(party.Address, party.Password, cancellationToken);
        var options = new FairShareClientOptions(
            connections.ApiOf(session.AccessToken),
            connections.Transfers,
            new Profile(folder),
            CognitoClient.PartyOf(session.AccessToken),
            time,
            randomness
        );
        var pins = new StorePins(options.Profile.Trust, time);
        pins.Pin(pins.Propose(options.Api.Address, service));
        var client = await FairShareClient.ConnectAsync(options, cancellationToken);
        var keys = new KeyStore(options.Profile.KeysFolder);
        var kept = await KeyOfAsync(client, keys, party, cancellationToken);
        return new CanaryClient(client, keys.Open(KeyId.Parse(kept.Kid!), party.Password), kept);
    }

    public void Dispose() => Signer.Dispose();

    private static async Task<CanaryParty> KeyOfAsync(
        FairShareClient client,
        KeyStore keys,
        CanaryParty party,
        CancellationToken cancellationToken
    )
    {
        if (party is { Kid: { } known, Key: { } pem })
        {
            var path = keys.PathOf(KeyId.Parse(known));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, pem, cancellationToken);
            return party;
        }

        var key = await client.RegisterOwnKeyAsync(keys, party.Password, new CertifiedIdentity(false, null), cancellationToken);
        return party with { Kid = key.Kid, Key = await File.ReadAllTextAsync(keys.PathOf(KeyId.Parse(key.Kid)), cancellationToken) };
    }
}
