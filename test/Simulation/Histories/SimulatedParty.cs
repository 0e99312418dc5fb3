using System.Text.Json.Nodes;
using FairShare.Core.Jose;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>A party of a simulated service: it signs in again in time, has keys that come and go, and repeats what failed.</summary>
internal sealed class SimulatedParty : IDisposable
{
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);
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
    public async Task<Answer?> TryAsync(HttpMethod method, string path, JsonNode? body = null, string? idempotencyKey = null)
    {
        await RefreshAsync();
        try
        {
            return await service.Host.SendAsync(method, path, body?.DeepClone(), Party.AccessToken, idempotencyKey);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Calls the API until it answers other than that it cannot now.</summary>
    public async Task<Answer?> InsistAsync(HttpMethod method, string path, JsonNode? body = null, string? idempotencyKey = null)
    {
        for (var left = Attempts; ; left--)
        {
            var answer = await TryAsync(method, path, body, idempotencyKey);
            if (answer is { Status: < 500 and not 429 } || left == 1)
            {
                return answer;
            }

            await Task.Delay(Pause, service.Clock);
        }
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
