using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What event patterns match: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html.</summary>
[DisplayName("EventBridge, patterns")]
public sealed class EventPatternContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Either = """{"detail":{"$or":[{"n":[{"numeric":[">",10]}]},{"s":["x"],"t":["y"]}]}}""";

    [Theory, OnEachTarget]
    public Task Values_OfAField_AreAlternatives(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"source":["other","s"],"detail":{"n":[2,1],"s":["x"]}}""", """{"n":1,"s":"x"}""", true),
                ("""{"detail":{"n":[2]}}""", """{"n":1}""", false),
                ("""{"detail":{"n":["1"]}}""", """{"n":1}""", false),
                ("""{"detail":{"list":["b"]}}""", """{"list":["a","b"]}""", true),
                ("""{"detail":{"v":[null]}}""", """{"v":null}""", true),
                ("""{"detail":{"empty":[""]}}""", """{"empty":""}""", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Prefix_AndSuffix_CompareEnds(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"prefix":"ab"}]}}""", """{"s":"abc"}""", true),
                ("""{"detail":{"s":[{"prefix":"AB"}]}}""", """{"s":"abc"}""", false),
                ("""{"detail":{"s":[{"suffix":".png"}]}}""", """{"s":"a.png"}""", true),
                ("""{"detail":{"s":[{"suffix":".png"}]}}""", """{"s":"a.pngs"}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task Case_IsIgnoredWhereThePatternSaysSo(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"equals-ignore-case":"Alice"}]}}""", """{"s":"aLICE"}""", true),
                ("""{"detail":{"s":[{"equals-ignore-case":"Alice"}]}}""", """{"s":"alices"}""", false),
                ("""{"detail":{"s":[{"prefix":{"equals-ignore-case":"AL"}}]}}""", """{"s":"alice"}""", true),
                ("""{"detail":{"s":[{"suffix":{"equals-ignore-case":".PNG"}}]}}""", """{"s":"a.png"}""", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task AnythingBut_ExcludesValuesPrefixesAndLists(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"anything-but":"init"}]}}""", """{"s":"run"}""", true),
                ("""{"detail":{"s":[{"anything-but":["init","run"]}]}}""", """{"s":"run"}""", false),
                ("""{"detail":{"n":[{"anything-but":[1,2]}]}}""", """{"n":2}""", false),
                ("""{"detail":{"s":[{"anything-but":{"prefix":"in"}}]}}""", """{"s":"init"}""", false),
                ("""{"detail":{"s":[{"anything-but":{"suffix":".txt"}}]}}""", """{"s":"a.rtf"}""", true),
                ("""{"detail":{"s":[{"anything-but":"init"}]}}""", """{"other":1}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task AnythingBut_TakesTheLaterOperatorsToo(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"anything-but":{"equals-ignore-case":["INIT","stop"]}}]}}""", """{"s":"init"}""", false),
                ("""{"detail":{"s":[{"anything-but":{"wildcard":"*/lib/*"}}]}}""", """{"s":"a/lib/b"}""", false),
                ("""{"detail":{"s":[{"anything-but":{"suffix":[".txt",".rtf"]}}]}}""", """{"s":"a.rtf"}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task Numbers_AreComparedByTheirValues(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"n":[{"numeric":[">",0,"<=",5]}]}}""", """{"n":5}""", true),
                ("""{"detail":{"n":[{"numeric":[">",0,"<=",5]}]}}""", """{"n":5.01}""", false),
                ("""{"detail":{"n":[{"numeric":["=",300]}]}}""", """{"n":3.0e2}""", true),
                ("""{"detail":{"n":[{"numeric":["<",-1]}]}}""", """{"n":-2}""", true),
                ("""{"detail":{"n":[{"numeric":["<",10]}]}}""", """{"n":"5"}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task Exists_AsksOnlyForLeaves(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"exists":true}]}}""", """{"s":"x"}""", true),
                ("""{"detail":{"s":[{"exists":false}]}}""", """{"t":"x"}""", true),
                ("""{"detail":{"s":[{"exists":false}]}}""", """{"s":"x"}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task Addresses_AreMatchedByTheirNetwork(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"ip":[{"cidr":"10.0.0.0/24"}]}}""", """{"ip":"10.0.0.255"}""", true),
                ("""{"detail":{"ip":[{"cidr":"10.0.0.0/24"}]}}""", """{"ip":"10.0.1.0"}""", false),
                ("""{"detail":{"ip":[{"cidr":"2001:db8::/32"}]}}""", """{"ip":"2001:db8:1::2"}""", true),
                ("""{"detail":{"ip":[{"cidr":"10.0.0.0/24"}]}}""", """{"ip":"ten"}""", false),
            ]
        );

    [Theory, OnEachTarget]
    public Task Wildcard_StandsForAnyCharacters(string on) =>
        HoldPatternsAsync(
            on,
            [
                ("""{"detail":{"s":[{"wildcard":"dir/*.png"}]}}""", """{"s":"dir/a/b.png"}""", true),
                ("""{"detail":{"s":[{"wildcard":"dir/*.png"}]}}""", """{"s":"dir/a.pn"}""", false),
                ("""{"detail":{"s":[{"wildcard":"a\\*b"}]}}""", """{"s":"a*b"}""", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Wildcards_ThatAreTooComplex_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                async Task<ContractAnswer> PutAsync(string wildcards) =>
                    await target.CallAsync(
                        "events",
                        "PutRule",
                        new JsonObject { ["Name"] = "r", ["EventPattern"] = $$$"""{"detail":{"s":[{{{wildcards}}}]}}""" }
                    );

                // So many beginnings of a pattern can be what was read: seven of the first after "aaa", eleven of the others.
                Assert.Null((await PutAsync("""{"wildcard":"*a*a*a*"}""")).Code);
                Assert.Null((await PutAsync("""{"wildcard":"arn:*:*:*:bus/*"},{"wildcard":"*.png"}""")).Code);
                foreach (
                    var complex in new[]
                    {
                        """{"wildcard":"*:*:*:*:*:event-bus/*"}""",
                        """{"wildcard":"*a*a*a*"},{"wildcard":"*a*a"}""",
                        """{"anything-but":{"wildcard":"*:*:*:*:*:event-bus/*"}}""",
                    }
                )
                {
                    var refused = await PutAsync(complex);
                    Assert.Equal((complex, "InvalidEventPatternException"), (complex, refused.Code));
                    Assert.Contains("Rule is too complex", refused.Message, StringComparison.Ordinal);
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Or_NeedsOneOfItsPatterns(string on) =>
        HoldPatternsAsync(
            on,
            [(Either, """{"n":11}""", true), (Either, """{"n":1,"s":"x","t":"y"}""", true), (Either, """{"n":1,"s":"x"}""", false)]
        );

    [Theory, OnEachTarget]
    public Task Pattern_ThatIsNone_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                foreach (
                    var pattern in new[]
                    {
                        "{",
                        "[]",
                        """{"source":"text"}""",
                        """{"source":[]}""",
                        """{"detail":{"s":[{"sounds-like":"a"}]}}""",
                        """{"detail":{"n":[{"numeric":["~",1]}]}}""",
                        """{"detail":{"s":[{"wildcard":"a**b"}]}}""",
                    }
                )
                {
                    var refused = await target.CallAsync(
                        "events",
                        "PutRule",
                        new JsonObject { ["Name"] = "r", ["EventPattern"] = pattern }
                    );
                    Assert.Equal((pattern, "InvalidEventPatternException"), (pattern, refused.Code));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Pattern_Tried_TellsWhetherItMatches(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                const string Event = """
                    {"id":"1","detail-type":"T","source":"a","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1",
                      "resources":[],"detail":{}}
                    """;
                foreach (var (pattern, matches) in new[] { ("""{"source":["a"]}""", true), ("""{"source":["b"]}""", false) })
                {
                    var tried = await target.CallAsync(
                        "events",
                        "TestEventPattern",
                        new JsonObject { ["EventPattern"] = pattern, ["Event"] = Event }
                    );
                    Assert.Equal((pattern, matches), (pattern, tried["Result"]!.GetValue<bool>()));
                }
            }
        );

    /// <summary>A rule for each pattern, an event for each detail; the queue of all rules tells which matched.</summary>
    private Task HoldPatternsAsync(
        string on,
        (string Pattern, string Detail, bool Matches)[] checks,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async target =>
            {
                var queue = await target.CreateQueueAsync("inbox");
                var arn = await target.QueueArnAsync(queue);
                var policy = $$"""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
                      "Action":"sqs:SendMessage","Resource":"{{arn}}"}]}
                    """;
                await target.CallAsync(
                    "sqs",
                    "SetQueueAttributes",
                    new JsonObject
                    {
                        ["QueueUrl"] = queue,
                        ["Attributes"] = new JsonObject { ["Policy"] = policy },
                    }
                );
                var entries = new JsonArray();
                foreach (var (index, (pattern, detail, _)) in checks.Append(("""{"source":["s"]}""", "{}", true)).Index())
                {
                    var own = JsonNode.Parse(pattern)!.AsObject();
                    own["detail-type"] = new JsonArray($"{index}");
                    var put = await target.CallAsync(
                        "events",
                        "PutRule",
                        new JsonObject { ["Name"] = $"r{index}", ["EventPattern"] = own.ToJsonString() }
                    );
                    Assert.True(put.Code is null, $"{pattern}: {put.Code} {put.Message}");
                    await target.CallAsync("events", "PutTargets", $$"""{"Rule":"r{{index}}","Targets":[{"Id":"1","Arn":"{{arn}}"}]}""");
                    entries.Add(
                        new JsonObject
                        {
                            ["Source"] = "s",
                            ["DetailType"] = $"{index}",
                            ["Detail"] = detail,
                        }
                    );
                }

                await target.CallAsync("events", "PutEvents", new JsonObject { ["Entries"] = entries });
                var expected = checks
                    .Index()
                    .Where(check => check.Item.Matches)
                    .Select(check => check.Index)
                    .Append(checks.Length)
                    .ToHashSet();
                var matched = await ReceiveAsync(target, queue, expected);
                Assert.Equal(
                    checks.Select((check, index) => (check.Pattern, check.Detail, expected.Contains(index))),
                    checks.Select((check, index) => (check.Pattern, check.Detail, matched.Contains(index)))
                );
            },
            name
        );

    /// <summary>
    /// The numbers of the events that came: waits for the expected ones, for five seconds at most, and takes what else there is.
    /// </summary>
    private static async Task<HashSet<int>> ReceiveAsync(IContractTarget target, string queue, HashSet<int> expected)
    {
        var matched = new HashSet<int>();
        for (var round = 0; round < 6; round++)
        {
            var bodies = await target.ReceiveBodiesAsync(queue, $"\"WaitTimeSeconds\":{(expected.IsSubsetOf(matched) ? 0 : 1)}");
            matched.UnionWith(
                bodies.Select(body =>
                    int.Parse(JsonNode.Parse(body)!["detail-type"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                )
            );
            if (bodies.Count == 0 && expected.IsSubsetOf(matched))
            {
                break;
            }
        }

        return matched;
    }
}
