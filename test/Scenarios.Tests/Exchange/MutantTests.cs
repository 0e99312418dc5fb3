using System.Text.Json.Nodes;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// A guarantee that stands on one condition: with it the guarantee holds, and without it the same scenario shows the harm.
/// </summary>
public sealed class MutantTests
{
    private const string NotAborted = "attribute_not_exists(aborted)";

    [Fact]
    public async Task Commit_DocumentAbortedButTheSignalLost_DoesNotRelease() =>
        Assert.Equal("Aborted", await ReceiptAfterAbortWithoutSignalAsync(TestHost.Template));

    [Fact]
    public async Task Commit_WithoutTheAbortCondition_WouldReleaseAfterTheAbort() =>
        Assert.Equal(
            "Completed",
            await ReceiptAfterAbortWithoutSignalAsync(Mutate(TestHost.Template, "Commit", NotAborted, "attribute_not_exists(forgotten)"))
        );

    // The abort changes the table, but may not signal the workflow: a crash between the two.
    private static async Task<string> ReceiptAfterAbortWithoutSignalAsync(string template)
    {
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(
            new() { Listen = false, Time = time },
            template.Replace("\"states:SendTaskFailure\"", "\"none:Nothing\"", StringComparison.Ordinal),
            isJudged: false
        );
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);

        await exchange.SubmitReceiptAsync();
        return await ExchangeEnd.OfAsync(exchange, time);
    }

    /// <summary>The template with a text replaced in one state of the machine.</summary>
    private static string Mutate(string template, string state, string old, string replacement)
    {
        var document = JsonNode.Parse(template)!;
        foreach (var (_, resource) in document["Resources"]!.AsObject())
        {
            if (resource!["Type"]!.GetValue<string>() == "AWS::StepFunctions::StateMachine")
            {
                var properties = resource["Properties"]!;
                var text = properties["DefinitionString"]!.GetValue<string>();
                var start = text.IndexOf($"\"{state}\": {{", StringComparison.Ordinal);
                var place = text.IndexOf(old, start, StringComparison.Ordinal);
                Assert.True(start >= 0 && place >= 0, $"{state} has no {old}.");
                properties["DefinitionString"] = string.Concat(text.AsSpan(0, place), replacement, text.AsSpan(place + old.Length));
            }
        }

        return document.ToJsonString();
    }
}
