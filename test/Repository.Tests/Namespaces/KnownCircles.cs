namespace FairShare.Repository.Tests.Namespaces;

/// <summary>References that are part of a circle and have not been taken out yet. The lists may only become shorter.</summary>
internal static class KnownCircles
{
    private static readonly Dictionary<string, string[]> Lists = new()
    {
        ["cdk"] = ["FairShare.Cdk -> FairShare.Cdk.Constructs", "FairShare.Cdk.Constructs -> FairShare.Cdk"],
        ["client/FairShare.Client"] =
        [
            "FairShare.Client.Evidence -> FairShare.Client.Profiles",
            "FairShare.Client.Evidence -> FairShare.Client.Transfers",
            "FairShare.Client.Evidence -> FairShare.Client.Trust",
            "FairShare.Client.Exchanges -> FairShare.Client.Keys",
            "FairShare.Client.Keys -> FairShare.Client.Exchanges",
            "FairShare.Client.Profiles -> FairShare.Client.Trust",
            "FairShare.Client.Transfers -> FairShare.Client.Profiles",
            "FairShare.Client.Trust -> FairShare.Client.Evidence",
            "FairShare.Client.Trust -> FairShare.Client.Profiles",
        ],
        ["functions"] =
        [
            "FairShare.Functions.Exchange -> FairShare.Functions.Hosting",
            "FairShare.Functions.Exchange -> FairShare.Functions.Http",
            "FairShare.Functions.Exchange -> FairShare.Functions.Parties",
            "FairShare.Functions.Hosting -> FairShare.Functions.Exchange",
            "FairShare.Functions.Hosting -> FairShare.Functions.Http",
            "FairShare.Functions.Hosting -> FairShare.Functions.Parties",
            "FairShare.Functions.Hosting -> FairShare.Functions.Queue",
            "FairShare.Functions.Http -> FairShare.Functions.Hosting",
            "FairShare.Functions.Parties -> FairShare.Functions.Exchange",
            "FairShare.Functions.Parties -> FairShare.Functions.Hosting",
            "FairShare.Functions.Parties -> FairShare.Functions.Http",
            "FairShare.Functions.Queue -> FairShare.Functions.Exchange",
            "FairShare.Functions.Queue -> FairShare.Functions.Hosting",
            "FairShare.Functions.Queue -> FairShare.Functions.Http",
        ],
    };

    /// <summary>The projects that have known circles.</summary>
    public static IEnumerable<string> Projects => Lists.Keys;

    /// <summary>The known references of a project.</summary>
    public static IReadOnlyCollection<string> Of(string project) => Lists.GetValueOrDefault(project, []);
}
