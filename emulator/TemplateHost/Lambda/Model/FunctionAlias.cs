using System.Text.Json.Nodes;

namespace TemplateHost.Lambda.Model;

/// <summary>A name for a version of a function, or for two of them between which calls are shared out. Written as JSON.</summary>
/// <param name="Name">The alias's name.</param>
/// <param name="Version">The version that it names.</param>
/// <param name="Description">What for.</param>
internal sealed record FunctionAlias(string Name, string Version, string Description)
{
    /// <summary>The other version that calls go to; null for none.</summary>
    public string? OtherVersion { get; init; }

    /// <summary>The share of calls that go to the other version, from 0 to 1.</summary>
    public double OtherWeight { get; init; }

    public JsonObject Describe(string functionArn)
    {
        var described = new JsonObject
        {
            ["AliasArn"] = $"{functionArn}:{Name}",
            ["Name"] = Name,
            ["FunctionVersion"] = Version,
            ["Description"] = Description,
        };
        if (OtherVersion is { } other)
        {
            described["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = new JsonObject { [other] = OtherWeight } };
        }

        return described;
    }
}
