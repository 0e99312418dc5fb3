using System.Reflection;
using System.Text.RegularExpressions;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Log;
using FairShare.Contracts.Parties;

namespace FairShare.Contracts.Tests.Http;

public sealed partial class RouteTests
{
    private static readonly List<Route> All =
    [
        .. typeof(Route)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Routes", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => (Route)property.GetValue(null)!),
    ];

    private static List<Route> OfPeers =>
        [
            .. typeof(PeerRoutes)
                .GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(property => (Route)property.GetValue(null)!),
        ];

    [Fact]
    public void All_Names_AreDifferent() => Assert.Equal(All.Count, All.Select(route => route.Name).Distinct().Count());

    [Fact]
    public void All_MethodsAndPaths_AreDifferent() => Assert.Equal(All.Count, All.Select(Call).Distinct().Count());

    [Fact]
    public void All_Records_HaveJson()
    {
        foreach (
            var type in All.SelectMany(route => new[] { route.Request, route.Answer })
                .Where(type => type != typeof(None) && type != typeof(RawContent))
        )
        {
            Assert.Equal(type, ContractJson.Strict.GetTypeInfo(type).Type);
            Assert.Equal(type, ContractJson.Lenient.GetTypeInfo(type).Type);
        }
    }

    [Fact]
    public void All_PublicOnes_AreTheDescriptionsTheVaultsThePeersTheCoordinatorsAndWhatAMailEnds() =>
        Assert.Equal(
            [
                "ChangeVaultLimits",
                "CloseVaultTicket",
                "CommitVaultItem",
                "CreateAnonymousVaultItem",
                "DeleteVaultItem",
                "DescribeService",
                "GetLogFile",
                "GetStandingWork",
                "GetVaultItem",
                "HandOverWork",
                "OpenVaultItem",
                "RequestVaultParts",
                "Unsubscribe",
                "WithdrawWork",
            ],
            All.Where(route => route.IsPublic && !OfPeers.Contains(route)).Select(route => route.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Peers_EveryCallButTheDescriptionAndARoster_TakesASignedOrder() =>
        Assert.All(
            // A roster has the signature of the group.
            OfPeers.Where(route => route.Name is not ("DescribePeer" or "TakeRoster")),
            route => Assert.Equal((typeof(PeerOrder), true), (route.Request, route.IsPublic))
        );

    [Fact]
    public void ApiPage_CallsOfItsTable_AreTheRoutes()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "api.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success);
        Assert.Equal(All.Select(Call).Order(StringComparer.Ordinal), rows.Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ApiPage_AnswersWith201_AreThoseOfTheRoutes()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "api.md")).Select(line => (Line: line, Row: Row().Match(line)));
        var created = rows.Where(row => row.Row.Success && row.Line.Contains("| 201 ", StringComparison.Ordinal));
        Assert.Equal(
            All.Where(route => route.Success == 201).Select(Call).Order(StringComparer.Ordinal),
            created.Select(row => row.Row.Groups[1].Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void PathOf_TextWithASlash_IsEscaped() => Assert.Equal("/parties/urn%3Aa%2Fb/keys", PartyRoutes.ListPartyKeys.PathOf("urn:a/b"));

    [Fact]
    public void PathOf_RouteWhoseParameterMayHaveSlashes_KeepsThem()
    {
        Assert.Equal("/log/tile/0/x001/000.p/1%3F", LogRoutes.GetLogFile.PathOf("tile/0/x001/000.p/1?"));
        Assert.Equal("path", LogRoutes.GetLogFile.Parameter);
    }

    [Fact]
    public void PathOf_RouteWithoutParameter_IsThePath() => Assert.Equal("/inbox", ExchangeRoutes.ListInbox.PathOf(""));

    [Fact]
    public void Parameter_OfARoute_IsWhatStandsInBraces() => Assert.Equal("exchangeId", ExchangeRoutes.GetEvidence.Parameter);

    private static string Call(Route route) => $"{route.Method.Method} {route.Path}";

    // | `GET /documents?role=reader\|uploader&cursor=` | ...
    [GeneratedRegex("""^\| `([A-Z]+ /[^`?]*)""")]
    private static partial Regex Row();
}
