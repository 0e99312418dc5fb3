using System.ComponentModel;
using System.Reflection;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>Holds the tables of docs/contracts.md equal to the contracts; <c>TEMPLATE_HOST_WRITE=1</c> writes them anew.</summary>
public sealed class ContractTableTests
{
    private const string Cases = "| service | cases | host, AWS SDK or HTTP | host, AWS CLI | moto 5.2 | cases that moto does not pass |";
    private const string Rows = "| where | embedded host | moto 5.2 | what settles it |";

    private static readonly string Document = Repository.PathOf("emulator/docs/contracts.md");

    private static IReadOnlyList<Type> Contracts { get; } =
    [
        .. typeof(ServiceContract)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ServiceContract)))
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    [Fact]
    public Task CasesTable_OfTheDocument_IsThatOfTheContracts() => HoldAsync(Cases, [.. Contracts.GroupBy(NameOf).Select(CaseRow)]);

    [Fact]
    public Task DifferencesTable_OfTheDocument_IsTheList() => HoldAsync(Rows, [.. Differences.OfMoto.Select(difference => difference.Row)]);

    [Fact]
    public void Differences_AllOfThem_NameCasesThatAre()
    {
        var named = Differences.OfMoto.SelectMany(difference => difference.Cases.Select(name => $"{difference.Contract}.{name}")).ToList();
        Assert.Empty(named.Except(Contracts.SelectMany(type => CasesOf(type).Select(name => $"{type.Name}.{name}"))));
        Assert.Equal(named.Distinct(), named);
    }

    /// <summary>A service's contract may lie in several classes.</summary>
    private static string CaseRow(IGrouping<string, Type> contracts)
    {
        var cases = contracts.Sum(contract => CasesOf(contract).Count);
        var differing = Differences
            .OfMoto.Where(row => contracts.Any(contract => contract.Name == row.Contract))
            .Sum(row => row.Cases.Length);
        return $"| {contracts.Key} | {cases} | {cases} | {cases} | {cases - differing} | {differing} |";
    }

    private static List<string> CasesOf(Type contract) =>
        [
            .. contract
                .GetMethods()
                .Where(method => method.GetCustomAttribute<OnEachTargetAttribute>() is not null)
                .Select(method => method.Name),
        ];

    private static string NameOf(Type contract) => contract.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? contract.Name;

    /// <param name="header">The table's first line.</param>
    /// <param name="expected">The table's rows.</param>
    private static async Task HoldAsync(string header, List<string> expected)
    {
        var lines = (await File.ReadAllLinesAsync(Document)).ToList();
        var first = lines.IndexOf(header) + 2;
        Assert.True(first >= 2, $"docs/contracts.md has no table {header}");
        var rows = lines.Skip(first).TakeWhile(line => line.StartsWith('|')).ToList();
        if (Environment.GetEnvironmentVariable("TEMPLATE_HOST_WRITE") == "1")
        {
            lines.RemoveRange(first, rows.Count);
            lines.InsertRange(first, expected);
            await File.WriteAllLinesAsync(Document, lines);
            return;
        }

        Assert.Equal(expected, rows);
    }
}
