using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using TemplateHost.Hosting;

namespace FairShare.Simulation.Judging;

/// <summary>
/// Judges every change of the evidence table as it is made, against all changes before it: an ending is written once and proven by what
/// stands in the table, nothing completes after an abort, nothing is deleted that somebody acquired, and evidence never changes.
/// </summary>
internal sealed class Judge
{
    private readonly Dictionary<string, ExchangeState> endings = [];
    private readonly HashSet<string> opened = [];
    private readonly HashSet<string> acquired = [];
    private readonly HashSet<(string Document, string Downloader)> acquisitions = [];

    public TableMirror Table { get; } = new();

    /// <summary>The store's identifier, once it is known.</summary>
    public PartyId Store { get; set; }

    /// <summary>What promise was broken first; null while all hold.</summary>
    public string? Violation { get; private set; }

    /// <summary>How many changes and answers were judged.</summary>
    public long Events { get; private set; }

    /// <summary>Exchanges that were opened, and those that were promised in an answer.</summary>
    public IReadOnlyCollection<string> Opened => opened;

    public IReadOnlyDictionary<string, ExchangeState> Endings => endings;

    /// <summary>Forgets which exchanges a history had, and what it broke.</summary>
    public void BeginHistory()
    {
        opened.Clear();
        Violation = null;
    }

    /// <summary>Notes an exchange that must end.</summary>
    public void Expect(string exchange) => opened.Add(exchange);

    public void Note(string violation) => Violation ??= violation;

    public void Count() => Events++;

    /// <summary>Whether a party has completed an exchange of the document.</summary>
    public bool HasAcquired(string document, string? downloader) => downloader is not null && acquisitions.Contains((document, downloader));

    public void Change(ItemChange change)
    {
        if (change.Image is null && !change.IsRemoval)
        {
            // A table whose stream has keys alone: the vault's.
            return;
        }

        Events++;
        var before = Table.Apply(change);
        var (partition, sort) = (TableMirror.Text(change.Keys, "pk")!, TableMirror.Text(change.Keys, "sk")!);
        var id = partition[(partition.IndexOf('#', StringComparison.Ordinal) + 1)..];
        switch (partition.Split('#')[0], sort)
        {
            case ("EXCHANGE", "ENDING"):
                RequireNew(before, change, $"the ending of {id}");
                End(id, change.Image);
                break;
            case ("EXCHANGE", _):
                opened.Add(id);
                break;
            case ("DEPOSIT", _):
                RequireNew(before, change, $"{sort} of {id}");
                break;
            case ("DOCUMENT", _) when TableMirror.Text(change.Image, "aborted") is "Deleted" or "Dropped" && acquired.Contains(id):
                Note($"The document {id} was acquired, and is deleted.");
                break;
            case ("STORE", _) or ("KEY", _) or ("LOG", _):
                RequireNew(before, change, $"{partition} {sort}");
                break;
        }
    }

    private void RequireNew(JsonObject? before, ItemChange change, string what)
    {
        if (change.IsRemoval || before is not null)
        {
            Note($"Evidence was {(change.IsRemoval ? "removed" : "replaced")}: {what}.");
        }
    }

    private void End(string id, JsonObject? ending)
    {
        if (ending is null)
        {
            return;
        }

        var state = Enum.Parse<ExchangeState>(TableMirror.Text(ending, "state")!);
        endings[id] = state;
        var document = TableMirror.Text(ending, "documentId")!;
        if (state == ExchangeState.Completed)
        {
            acquired.Add(document);
            acquisitions.Add((document, TableMirror.Text(ending, "downloader")!));
            if (Table.All($"DOCUMENT#{document}").Any(item => TableMirror.Text(item, "aborted") is not null))
            {
                Note($"The exchange {id} completes after the abort of its document.");
            }
        }

        RequireProven(id, state, document, ending);
    }

    private void RequireProven(string id, ExchangeState state, string document, JsonObject ending)
    {
        var challenge = TableMirror.Text(Table.Find($"EXCHANGE#{id}", "EXCHANGE"), "challenge") ?? TableMirror.Text(ending, "challenge");
        var tokens = new ExchangeTokens
        {
            Origin = state == ExchangeState.Completed ? TableMirror.Text(Table.Find($"DEPOSIT#{document}", "DEPOSIT"), "origin") : null,
            Challenge = challenge ?? "",
            Receipt = TableMirror.Text(ending, "receipt"),
            Release = TableMirror.Text(ending, "release"),
            Record = TableMirror.Text(ending, "record"),
            Refusal = TableMirror.Text(ending, "refusal"),
        };
        var keys = Table.Keys(Store, TableMirror.Text(ending, "uploader")!, TableMirror.Text(ending, "downloader")!);
        var evidence = ExchangeEvidence.Verify(tokens, keys);
        if (evidence.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            Note($"The exchange {id} ends as {state}, and its evidence does not prove it: {failed.Name}: {failed.Detail}.");
        }
        else if (evidence.State != state)
        {
            Note($"The exchange {id} ends as {state} with evidence of {evidence.State}.");
        }

        RequireInTime(id, state, evidence.Statement?.Due, Timestamp.Parse(TableMirror.Text(ending, "endedAt")!));
    }

    private void RequireInTime(string id, ExchangeState state, DateTimeOffset? due, DateTimeOffset endedAt)
    {
        if ((state == ExchangeState.Completed && endedAt > due) || (state == ExchangeState.Expired && endedAt < due))
        {
            Note($"The exchange {id} ends as {state} at {endedAt:O}; it was due at {due:O}.");
        }
    }
}
