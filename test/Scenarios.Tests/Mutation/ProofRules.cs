using System.Text.Json.Nodes;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Audit.Work;
using FairShare.Core.Identifiers;
using FairShare.Log.Notes;
using FairShare.Scenarios.Tests.Log;
using Row = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What stands in the table must verify offline, as the auditor does it, and be of whom and what it says.</summary>
internal sealed class ProofRules(MutationWorld world, Picture picture, Breaks breaks)
{
    /// <summary>Judges a run that has come to rest.</summary>
    public async Task JudgeAsync()
    {
        foreach (var finding in (await AuditAsync()).Findings)
        {
            if (PromiseOf(finding.Code) is { } promise)
            {
                breaks(promise, finding.Subject, $"{finding.Code}: {finding.Detail}");
            }
        }

        picture.Documents.ToList().ForEach(JudgeAnnouncement);
        picture.Exchanges.ToList().ForEach(JudgeAudience);
        new PartyRules(world, picture, breaks).JudgeKeys();
        foreach (var exchange in picture.Exchanges.Where(exchange => exchange.IsCompleted))
        {
            await new PartyRules(world, picture, breaks).JudgeDownloadAsync(exchange);
        }
    }

    private static Promise? PromiseOf(string code) =>
        code switch
        {
            "unfair" => Promise.Fairness,
            "other-state" or "unknown-state" or "evidence:exchange.ending" => Promise.OneEnding,
            "overdue" => Promise.Timeliness,
            "unreadable" => Promise.AcceptedMeansProven,
            _ when code.StartsWith("evidence:", StringComparison.Ordinal) => Promise.AcceptedMeansProven,
            // No run looks at the log.
            _ => null,
        };

    private async Task<AuditReport> AuditAsync()
    {
        var store = await world.Table.QueryAsync("STORE#KEYS");
        var description = (await world.Host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        var options = new AuditOptions(
            world.Host.Store,
            description["keys"].AsArray().Select(key => key!["kid"]!.GetValue<string>()).ToHashSet(),
            new NoteKey("none", NoteKeyKind.Ed25519, new byte[NoteKey.KeyLength]),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            world.Time.GetUtcNow()
        );
        var evidence = picture.Rows.Where(row => !row["pk"].S.StartsWith("DOCUMENT#", StringComparison.Ordinal)).Concat(store);
        using var lines = new StringReader(string.Join('\n', evidence.Select(Line)));
        using var work = new MemoryWork();
        return await new EvidenceAudit(options, AuditScope.Whole, work, (_, _, _) => { }).RunAsync(
            ExportedItems.ReadAsync(lines),
            new NoLog(),
            default
        );
    }

    private static string Line(Row row) =>
        new JsonObject(
            row.Select(attribute =>
                KeyValuePair.Create(
                    attribute.Key,
                    (JsonNode?)(
                        attribute.Value.N is { } number ? new JsonObject { ["N"] = number } : new JsonObject { ["S"] = attribute.Value.S }
                    )
                )
            )
        ).ToJsonString();

    private void JudgeAnnouncement(SeenDocument document)
    {
        if (document.Origin is not { } origin || document.Document is not { } announced)
        {
            return;
        }

        if (origin.Statement.Nonce?.ToString() != Picture.Text(announced, "nonce"))
        {
            breaks(Promise.BoundToParty, document.Id, "its evidence of origin has another nonce than it was announced with");
        }

        if (origin.Statement.Gen < Timestamp.Parse(Picture.Text(announced, "listedAt")))
        {
            breaks(Promise.AcceptedMeansProven, document.Id, "its evidence of origin is from before the announcement");
        }

        foreach (
            var receipt in Given($"/documents/{document.Id}/origin")
                .Where(text => !text.Contains(Receipt(document), StringComparison.Ordinal))
        )
        {
            breaks(Promise.NothingLost, document.Id, $"a deposit was answered that does not stand: {receipt[..40]}");
        }
    }

    private static string Receipt(SeenDocument document) => Picture.Text(document.Deposit, "receipt");

    private IEnumerable<string> Given(string path) =>
        world
            .Sight.Given.Where(given => given.Answer is { Method: "POST", Status: 200 })
            .Where(given => given.Answer.Path.EndsWith(path, StringComparison.Ordinal))
            .Select(given => given.Answer.Text);

    private void JudgeAudience(SeenExchange exchange)
    {
        if (
            picture.Documents.FirstOrDefault(document => document.Id == exchange.Document) is { Audience: { Count: > 0 } audience }
            && !audience.Contains(exchange.Downloader)
        )
        {
            breaks(Promise.BoundToParty, exchange.Id, "its downloader is not of the document's audience");
        }
    }
}
