using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What is deployed calls public addresses only.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Webhooks_OfADeployment_LeadToPublicAddressesOnly(string stage) =>
        RequireOff(new Template(stage), "FAIRSHARE_WEBHOOK_LOOPBACK");

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Orders_OfADeployedCoordinator_AreCarriedToPublicAddressesOnly(string stage) =>
        RequireOff(Template.OfCoordinator(stage), "FAIRSHARE_STANDING_LOOPBACK");

    private static void RequireOff(Template template, string variable)
    {
        var settings = template
            .Of("AWS::Lambda::Function")
            .Select(function => function.Resource["Properties"]!["Environment"]?["Variables"]?[variable])
            .OfType<JsonNode>()
            .ToList();
        Assert.Equal(4, settings.Count);
        Assert.All(settings, setting => Assert.Equal("off", setting.GetValue<string>()));
    }
}
