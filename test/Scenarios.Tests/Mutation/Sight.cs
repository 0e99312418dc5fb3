using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>
/// What can be seen of a run from outside, the table, the answers, the queues and the objects; and which promises that breaks.
/// </summary>
internal sealed partial class Sight(MutationWorld world) : IDisposable
{
    private readonly ConcurrentDictionary<Violation, bool> violations = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly StandingEvidence standing = new();

    /// <summary>Ids of the run's documents.</summary>
    public SortedSet<string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of the run's exchanges.</summary>
    public SortedSet<string> Exchanges { get; } = new(StringComparer.Ordinal);

    /// <summary>Exchanges that were open when the uploader was told that the document is aborted.</summary>
    public HashSet<string> OpenAtAbort { get; } = [];

    /// <summary>What parties asked, and were answered.</summary>
    public List<(TestParty Party, GivenAnswer Answer)> Given { get; } = [];

    public IReadOnlyList<Violation> Violations => [.. violations.Keys.OrderBy(one => one.ToString(), StringComparer.Ordinal)];

    /// <summary>Sees an answer, and the table as it stands with it.</summary>
    public async Task TakeAsync(GivenAnswer answer)
    {
        await turn.WaitAsync();
        try
        {
            if (PartyOf(answer.Token) is not { } party)
            {
                return;
            }

            foreach (Match match in Ids().Matches(answer.Text))
            {
                (match.Groups[1].Value == "exchangeId" ? Exchanges : Documents).Add(match.Groups[2].Value);
            }

            Given.Add((party, answer));
            var picture = await LookAsync();
            GivenRules.Judge(picture, party, answer.Text, Break);
            if (answer is { Status: 200 } && OpenAtAbort.Count == 0 && answer.Path.EndsWith("/abort", StringComparison.Ordinal))
            {
                OpenAtAbort.UnionWith(picture.Exchanges.Where(exchange => exchange.Ending is null).Select(exchange => exchange.Id));
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether every exchange of the run has an ending.</summary>
    public async Task<bool> HaveAllEndedAsync()
    {
        await turn.WaitAsync();
        try
        {
            var picture = await LookAsync();
            return picture.Exchanges.All(exchange => exchange.Ending is not null);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sees everything once more, when all has come to rest.</summary>
    public async Task FinishAsync()
    {
        var picture = await LookAsync();
        var messages = await Messages.ReceiveAsync(world, picture);
        foreach (var (party, text) in messages)
        {
            GivenRules.Judge(picture, party, text, Break);
        }

        EndingRules.Judge(world, picture, messages, Break);
        await new ProofRules(world, picture, Break).JudgeAsync();
    }

    public void Dispose() => turn.Dispose();

    /// <summary>The party that has an access token.</summary>
    private TestParty? PartyOf(string token) =>
        new[] { world.Alice, world.Bob, world.Carol }.FirstOrDefault(party => party.AccessToken == token);

    /// <summary>Notes that a promise is broken.</summary>
    public void Break(Promise promise, string subject, string detail) => violations[new Violation(promise, subject, detail)] = true;

    private async Task<Picture> LookAsync()
    {
        var picture = await Picture.TakeAsync(world);
        standing.Compare(picture, Break);
        return picture;
    }

    [GeneratedRegex("\"(exchangeId|fileId)\":\\s*\"([A-Za-z0-9_-]{22})\"")]
    private static partial Regex Ids();
}

/// <summary>Notes that a promise is broken, of what, and how.</summary>
internal delegate void Breaks(Promise promise, string subject, string detail);
