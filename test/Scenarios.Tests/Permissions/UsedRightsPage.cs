using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>A table of docs/rights-used.md: every right of a template, with the scenarios that use it.</summary>
/// <param name="table">The table's name, which stands above it.</param>
/// <param name="judge">The template's rights, and what was used.</param>
/// <param name="used">What was used.</param>
internal sealed class UsedRightsPage(string table, RightsJudge judge, UsedRights used)
{
    // Which call of a function is its first, and asks for this, is a matter of luck: any scenario of the function may have it.
    private static readonly (string Action, string Resource)[] OncePerFunction =
    [
        ("kms:GetPublicKey", "KeysSeal"),
        ("kms:GetPublicKey", "LogKey"),
        ("lambda:InvokeFunction", "RecordSealKey"),
    ];

    // By these everybody writes a log; the page says so once.
    private IEnumerable<GrantedRight> Rights => judge.Rights.Where(right => !right.At.Action.StartsWith("logs:", StringComparison.Ordinal));

    /// <summary>Writes the table, and that of the reasons, as they should be beside the test program, where the command looks.</summary>
    public UsedRightsPage Write()
    {
        Write("wildcards", Reasons());
        var rows = Rights.Select(right => $"{Beginning(right)}{In(right)} |").Order(StringComparer.Ordinal);
        Write(table, ["| who | may | on | if | in |", "| --- | --- | --- | --- | --- |", .. rows]);
        return this;
    }

    /// <summary>Fails unless the page has a row for each right, and each row names a scenario that has used the right now.</summary>
    public void Require()
    {
        Assert.Equal(Reasons(), Section("wildcards"));
        var rows = Rights.ToDictionary(Beginning, right => right);
        var lines = Lines();
        var missing = rows.Keys.Except(lines.Keys).Select(row => $"no row: {row}");
        var superfluous = lines.Keys.Except(rows.Keys).Select(row => $"no right: {row}");
        var untrue = lines
            .Where(line => rows.TryGetValue(line.Key, out var right) && !IsTrue(right, line.Value))
            .Select(line => $"not so: {line.Key}{line.Value}; it was {In(rows[line.Key])}");
        var wrong = string.Join('\n', missing.Concat(superfluous).Concat(untrue));
        Assert.True(wrong.Length == 0, $"docs/rights-used.md, {table}, is written by eng/write-used-rights.sh:\n{wrong}");
    }

    private static List<string> Reasons() => ["| may | on | why |", "| --- | --- | --- |", .. RightReasons.Table()];

    private static void Write(string table, IEnumerable<string> rows) =>
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, $"rights-used.{table}.md"), rows);

    private static IEnumerable<string> Section(string table) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "rights-used.md"))
            .SkipWhile(line => line != $"<!-- {table} -->")
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'));

    private static string Beginning(GrantedRight right) =>
        $"| {right.Holder} | {right.At.Action} | {right.Resource} | {StatementWords.Condition(right.Condition)} | ";

    /// <summary>The rows that the page has: what stands before the last cell, and the last.</summary>
    private Dictionary<string, string> Lines() =>
        Section(table)
            .Skip(2)
            .Select(line => line[..^2])
            .ToDictionary(line => line[..(line.LastIndexOf('|') + 2)], line => line[(line.LastIndexOf('|') + 2)..]);

    private string In(GrantedRight right) =>
        RightReasons.WhyUnshown(right) is { } reason ? $"nothing: {reason}" : string.Join(", ", ScenariosOf(right));

    private bool IsTrue(GrantedRight right, string cell) =>
        RightReasons.WhyUnshown(right) is not null ? cell == In(right) : cell.Split(", ").Intersect(ScenariosOf(right)).Any();

    private IEnumerable<string> ScenariosOf(GrantedRight right) =>
        OncePerFunction.Contains((right.At.Action, right.Resource))
            ? judge.Rights.Where(one => one.At.Policy == right.At.Policy).SelectMany(one => used.ScenariosOf(one.At)).Distinct().Order()
            : used.ScenariosOf(right.At);
}
