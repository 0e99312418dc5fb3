using System.Text.Json.Nodes;
using FairShare.Core.Jose;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>A party of a simulated service: it signs in again in time, has keys that come and go, and repeats what failed.</summary>
internal sealed class SimulatedParty : IDisposable
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(50);
    private readonly SimulatedService service;
    private readonly List<TestSigner> signers = [];
    private DateTimeOffset signedInAt;

    private SimulatedParty(SimulatedService service, TestParty party)
    {
        (this.service, Party) = (service, party);
        signers.Add(party.Signer);
        signedInAt = service.Clock.GetUtcNow();
    }

    public TestParty Party { get; }

    /// <summary>How far its clock is off.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>The key that it signs with now.</summary>
    public TestSigner Signer => signers[^1];

    public static async Task<SimulatedParty> JoinAsync(SimulatedService service, int number) =>
        new(service, await TestParty.JoinAsync(service.Host, $"party{number}"));

    /// <summary>Signs in again when its token is about to expire.</summary>
    public async Task RefreshAsync()
    {
        if (service.Clock.GetUtcNow() - signedInAt > TokenLife)
        {
            await Party.SignInAgainAsync();
            signedInAt = service.Clock.GetUtcNow();
        }
    }

    /// <summary>Calls the API once.</summary>
    /// <returns>Null when no answer came.</returns>
    public Task<Answer?> TryAsync(HttpMethod method, string path, JsonNode? body = null, string? idempotencyKey = null) =>
        Insistence.TryAsync(() => CallAsync(method, path, body, idempotencyKey));

    /// <summary>Calls the API until it answers other than that it cannot now.</summary>
    public Task<Answer?> InsistAsync(HttpMethod method, string path, JsonNode? body = null, string? idempotencyKey = null) =>
        Insistence.InsistAsync(service.Clock, () => CallAsync(method, path, body, idempotencyKey));

    private async Task<Answer> CallAsync(HttpMethod method, string path, JsonNode? body, string? idempotencyKey)
    {
        await RefreshAsync();
        return await service.Host.SendAsync(method, path, body?.DeepClone(), Party.AccessToken, idempotencyKey);
    }

    /// <summary>Registers a further key; it is signed with from the answer on.</summary>
    public async Task RegisterKeyAsync()
    {
        if (await InsistAsync(HttpMethod.Post, "/keys/nonces", new JsonObject()) is not { Status: 201 } granted)
        {
            return;
        }

        var signer = new TestSigner(service.Host.Randomness);
        var nonce = Core.Identifiers.Nonce.Parse(granted.Text("nonce"));
        var body = new JsonObject
        {
            ["kind"] = "self",
            ["jwk"] = JsonNode.Parse(signer.Public.ToJwk()),
            ["nonce"] = nonce.ToString(),
            ["proof"] = await KeyPossession.IssueAsync(Party.Id, nonce, signer),
        };
        if (await InsistAsync(HttpMethod.Post, "/keys", body) is { Status: 201 })
        {
            signers.Add(signer);
        }
    }

    /// <summary>Retires the oldest key, while there is another; it may go on signing with the newest, which may be the same.</summary>
    public async Task RetireKeyAsync()
    {
        if (signers.Count > 1)
        {
            var oldest = signers[0];
            signers.RemoveAt(0);
            await InsistAsync(HttpMethod.Delete, $"/keys/{oldest.KeyId}");
        }
    }

    public void Dispose() => Party.Dispose();
}
