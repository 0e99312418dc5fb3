using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Testing.Oracle;

/// <summary>
/// What must hold after every event, judged from outside: of every exchange that has ended, both parties are given evidence that verifies
/// offline, of a completed one the document too; of one that has not, neither is given what is the other's. Every answer of the API that a
/// test asks for goes through <see cref="AfterAsync"/>, and the whole table once more when the host is stopped.
/// </summary>
public sealed partial class EvidenceOracle(TestHost host) : IDisposable
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TableReader table = new(host);
    private readonly ConcurrentDictionary<PartyId, TestParty> parties = new();
    private readonly ConcurrentDictionary<string, ExchangeState> proven = new();

    /// <summary>How many ended exchanges were proven to both parties, as far as they are known.</summary>
    public int Proven => proven.Count;

    /// <summary>Makes a party known: the evidence is then asked for in its name.</summary>
    public void Know(TestParty party) => parties[party.Id] = party;

    /// <summary>Judges the exchange that a call was about, and what the call itself gave away.</summary>
    /// <exception cref="FairnessViolationException">A promise is broken.</exception>
    public async Task AfterAsync(string path, string? accessToken, Answer answer)
    {
        if (ExchangePath().Match(path) is not { Success: true } match)
        {
            return;
        }

        var ended = await CheckAsync(match.Groups[1].Value);
        if (ended != ExchangeState.Completed && answer.Status == 200)
        {
            RequireNothingReleased(match.Groups[1].Value, parties.Values.FirstOrDefault(party => party.AccessToken == accessToken), answer);
        }
    }

    /// <summary>Judges every exchange in the table.</summary>
    /// <exception cref="FairnessViolationException">A promise is broken.</exception>
    public async Task SweepAsync()
    {
        var endings = (await table.ScanAsync()).Where(item => item["sk"].S == "ENDING").Select(item => item["pk"].S["EXCHANGE#".Length..]);
        foreach (var exchange in endings.Where(exchange => !proven.ContainsKey(exchange)).Order(StringComparer.Ordinal).ToList())
        {
            await RequireProvenAsync(exchange);
        }
    }

    /// <summary>Judges one exchange, which has ended.</summary>
    /// <exception cref="FairnessViolationException">A promise is broken.</exception>
    public async Task RequireProvenAsync(string exchange)
    {
        if (await CheckAsync(exchange) is null || !proven.ContainsKey(exchange))
        {
            throw new FairnessViolationException($"The exchange {exchange} has ended, and its evidence cannot be had.");
        }
    }

    public void Dispose() => table.Dispose();

    /// <summary>The exchange's ending, proven to both; null while it has none.</summary>
    private async Task<ExchangeState?> CheckAsync(string exchange)
    {
        if (proven.TryGetValue(exchange, out var known))
        {
            return known;
        }

        if ((await table.QueryAsync($"EXCHANGE#{exchange}")).FirstOrDefault(item => item["sk"].S == "ENDING") is not { } ending)
        {
            return null;
        }

        var state = Enum.Parse<ExchangeState>(ending["state"].S);
        var provenToAll = true;
        foreach (var side in new[] { "uploader", "downloader" })
        {
            provenToAll &=
                !parties.TryGetValue(PartyId.Parse(ending[side].S), out var party)
                || await TryProveAsync(exchange, party, side == "downloader", ending, state);
        }

        if (provenToAll)
        {
            proven[exchange] = state;
        }

        return state;
    }

    private async Task<bool> TryProveAsync(
        string exchange,
        TestParty party,
        bool isDownloader,
        Dictionary<string, AttributeValue> ending,
        ExchangeState state
    )
    {
        if (await AskAsync(party, HttpMethod.Get, $"/exchanges/{exchange}/evidence") is not { } answer)
        {
            return false;
        }

        var given = GivenEvidence.Read(answer);
        var evidence = ExchangeEvidence.Verify(given.Bundle, given.Keys);
        if (evidence.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            throw Violation(exchange, $"given to {party.Name}: {failed.Name}: {failed.Detail}");
        }

        if (evidence.State != state || given.State != state.ToString())
        {
            throw Violation(exchange, $"is {state} in the table; {party.Name} is given {given.State} and evidence of {evidence.State}");
        }

        RequireAsStored(exchange, party, given.Bundle, ending);
        return !isDownloader || state != ExchangeState.Completed || await TryProveDocumentAsync(exchange, party, evidence.Document!);
    }

    private static void RequireAsStored(string exchange, TestParty party, ExchangeTokens bundle, Dictionary<string, AttributeValue> ending)
    {
        foreach (
            var (name, token) in new[]
            {
                ("receipt", bundle.Receipt),
                ("release", bundle.Release),
                ("record", bundle.Record),
                ("refusal", bundle.Refusal),
            }
        )
        {
            var stored = ending.TryGetValue(name, out var value) && value.S.Length > 0 ? value.S : null;
            if (stored != token)
            {
                throw Violation(exchange, $"{party.Name} is given another {name} than stands in the table");
            }
        }
    }

    private async Task<bool> TryProveDocumentAsync(string exchange, TestParty party, DocumentDescription document)
    {
        if (await AskAsync(party, HttpMethod.Post, $"/exchanges/{exchange}/download") is not { } answer)
        {
            return false;
        }

        using var response = await host.Http.GetAsync(answer.Text("filePath"));
        if (!response.IsSuccessStatusCode)
        {
            return (int)response.StatusCode >= 500 ? false : throw Violation(exchange, $"S3 refuses the document: {response.StatusCode}");
        }

        using var hasher = new DocumentHasher(document.Form.PartSize);
        hasher.Append(await response.Content.ReadAsByteArrayAsync());
        return
            hasher.Length == document.Size
            && hasher.Finish() == document.RequireDigest()
            && response.Content.Headers.ContentEncoding.All(coding => coding == "identity")
            ? true
            : throw Violation(exchange, "the document that is served is not the one of the evidence of origin");
    }

    /// <summary>Calls the API in a party's name, past this oracle; null when the service is not able to answer now.</summary>
    private async Task<Answer?> AskAsync(TestParty party, HttpMethod method, string path)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var body = method == HttpMethod.Post ? new System.Text.Json.Nodes.JsonObject() : null;
            var answer = await host.CallAsync(method, path, body, party.AccessToken, null);
            switch (answer.Status)
            {
                case 200:
                    return answer;
                case 401:
                    await party.SignInAgainAsync();
                    break;
                case 429 or >= 500:
                    await Task.Delay(Pause, host.Time);
                    break;
                default:
                    throw new FairnessViolationException($"{party.Name} asks {path} and is refused: {answer.Status} {answer.Code}.");
            }
        }

        return null;
    }

    private static void RequireNothingReleased(string exchange, TestParty? party, Answer answer)
    {
        var tokens = answer.Body?["tokens"] ?? answer.Body;
        foreach (var name in new[] { "nrr", "release" }.Where(name => tokens?[name] is not null))
        {
            throw Violation(exchange, $"has not completed, and {party?.Name} is given its {name}");
        }

        if (
            tokens?["nro"] is { } origin
            && party is not null
            && EvidenceToken.Parse(origin.GetValue<string>()).Statement.Origin != party.Id
        )
        {
            throw Violation(exchange, $"has not completed, and {party.Name} is given the evidence of origin");
        }
    }

    private static FairnessViolationException Violation(string exchange, string what) => new($"The exchange {exchange}: {what}.");

    [GeneratedRegex("^/exchanges/([A-Za-z0-9_-]{22})(/|$)")]
    private static partial Regex ExchangePath();
}
