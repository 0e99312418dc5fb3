using FairShare.Client.Log;
using FairShare.Core.Digests;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>The log of a host, as everybody reads it.</summary>
internal sealed class LogWorld : IDisposable
{
    private readonly HttpClient http;
    private readonly TestHost host;

    public LogWorld(TestHost host)
    {
        this.host = host;
        http = new HttpClient(host.Embedded.CreateHandler()) { BaseAddress = new Uri(host.Embedded.ApiUrl + "/log/") };
        Client = new LogClient(http);
    }

    public LogClient Client { get; }

    /// <summary>The log's key, as the service tells it.</summary>
    public async Task<NoteKey> KeyAsync()
    {
        var description = (await host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        return NoteKey.Parse(description["log"]["keys"]![0]!.GetValue<string>());
    }

    /// <summary>Waits until the log has a token.</summary>
    public async Task<LogProof> ProofAsync(Sha256Digest tokenHash)
    {
        for (var attempt = 0; attempt < 12_000; attempt++)
        {
            if (await Client.FindProofAsync(tokenHash, CancellationToken.None) is { } proof)
            {
                return proof;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), host.Time);
        }

        throw new TimeoutException($"The log does not have {tokenHash}.");
    }

    /// <summary>Waits until the log has a token, and its sequencer has nothing left to write.</summary>
    public async Task SettleAsync(Sha256Digest tokenHash)
    {
        await ProofAsync(tokenHash);
        using var table = new TableReader(host);
        while ((await table.QueryAsync("LOGHEAD#HEAD")) is not [var head] || head["leafCount"].N != head["publishedCount"].N)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), host.Time);
        }
    }

    public void Dispose() => http.Dispose();
}
