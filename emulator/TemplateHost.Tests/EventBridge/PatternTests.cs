using System.Text.Json.Nodes;
using TemplateHost.Kernel.EventPatterns;
using Xunit;

namespace TemplateHost.Tests.EventBridge;

public sealed class PatternTests
{
    [Theory]
    [InlineData("""{"source":["a","b"]}""", """{"source":"b"}""", true)]
    [InlineData("""{"source":["a"]}""", """{"source":"b"}""", false)]
    [InlineData("""{"d":{"x":[{"prefix":"ab"}]}}""", """{"d":{"x":"abc"}}""", true)]
    [InlineData("""{"d":{"x":[{"prefix":{"equals-ignore-case":"AB"}}]}}""", """{"d":{"x":"abc"}}""", true)]
    [InlineData("""{"d":{"x":[{"suffix":".png"}]}}""", """{"d":{"x":"a.png"}}""", true)]
    [InlineData("""{"d":{"x":[{"equals-ignore-case":"ABC"}]}}""", """{"d":{"x":"abc"}}""", true)]
    [InlineData("""{"d":{"x":[{"wildcard":"a*c"}]}}""", """{"d":{"x":"abbc"}}""", true)]
    [InlineData("""{"d":{"x":[{"anything-but":["a","b"]}]}}""", """{"d":{"x":"c"}}""", true)]
    [InlineData("""{"d":{"x":[{"anything-but":["a","b"]}]}}""", """{"d":{"x":"a"}}""", false)]
    [InlineData("""{"d":{"x":[{"anything-but":["a"]}]}}""", """{"d":{}}""", false)]
    [InlineData("""{"d":{"x":[{"anything-but":{"prefix":"in"}}]}}""", """{"d":{"x":"init"}}""", false)]
    [InlineData("""{"d":{"x":[{"numeric":[">",0,"<=",5]}]}}""", """{"d":{"x":5}}""", true)]
    [InlineData("""{"d":{"x":[{"numeric":["=",301.8]}]}}""", """{"d":{"x":3.018e2}}""", true)]
    [InlineData("""{"d":{"x":[{"exists":true}]}}""", """{"d":{"x":null}}""", true)]
    [InlineData("""{"d":{"x":[{"exists":true}]}}""", """{"d":{}}""", false)]
    [InlineData("""{"d":{"x":[{"exists":false}]}}""", """{"d":{}}""", true)]
    [InlineData("""{"d":{"x":[null,"",1]}}""", """{"d":{"x":null}}""", true)]
    [InlineData("""{"d":{"x":["b"]}}""", """{"d":{"x":["a","b"]}}""", true)]
    [InlineData("""{"d":{"x":{"y":["b"]}}}""", """{"d":{"x":[{"y":"a"},{"y":"b"}]}}""", true)]
    [InlineData("""{"$or":[{"a":["1"]},{"b":["2"]}],"c":["3"]}""", """{"b":"2","c":"3"}""", true)]
    [InlineData("""{"$or":[{"a":["1"]},{"b":["2"]}],"c":["3"]}""", """{"c":"3"}""", false)]
    [InlineData("""{"a":["1"],"a":["2"]}""", """{"a":"2"}""", true)]
    [InlineData("""{"a":["1"],"a":["2"]}""", """{"a":"1"}""", false)]
    [InlineData("""{"d.x":["b"]}""", """{"d":{"x":"b"}}""", true)]
    [InlineData("""{"d":{"x":["b"]}}""", """{"d.x":"b"}""", true)]
    [InlineData("""{"d":{"x":[{"exists":true}]}}""", """{"d":{"x":[]}}""", false)]
    [InlineData("""{"d":{"x":[{"exists":false}]}}""", """{"d":{"x":[]}}""", true)]
    public void Matches_Event_AsDocumented(string pattern, string @event, bool expected) =>
        Assert.Equal(expected, EventPattern.Parse(pattern).Matches(JsonNode.Parse(@event)!.AsObject()));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"a":"b"}""")]
    [InlineData("""{"\ud800":["b"]}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":[{"like":"b"}]}""")]
    [InlineData("""{"a":[{"numeric":["~",1]}]}""")]
    [InlineData("""{"a":[{"prefix":"a","suffix":"b"}]}""")]
    [InlineData("""{"a":[{"exists":null}]}""")]
    [InlineData("""{"a":[{"exists":"yes"}]}""")]
    [InlineData("""{"a":[{"anything-but":null}]}""")]
    [InlineData("""{"a":[{"anything-but":["b",null]}]}""")]
    [InlineData("""{"a":[{"prefix":""}]}""")]
    [InlineData("""{"a":[{"suffix":""}]}""")]
    [InlineData("""{"a":[{"numeric":[">",0,">",0]}]}""")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",5]}]}""")]
    [InlineData("{")]
    public void Parse_NotAPattern_IsRefused(string pattern) => Assert.Throws<FormatException>(() => EventPattern.Parse(pattern));

    // Thousands of sets of beginnings are looked at before it is refused, and each is kept once.
    [Fact]
    public void Parse_WildcardsThatAreTooComplex_AllocatesLittle()
    {
        var random = new Random(7);
        var values = Enumerable
            .Range(0, 9)
            .Select(_ => "*" + string.Concat(Enumerable.Range(0, 500).Select(_ => (char)('a' + random.Next(26)))));
        var pattern = $$"""{"a":[{{string.Join(',', values.Select(value => $$"""{"wildcard":"{{value}}"}"""))}}]}""";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.Throws<FormatException>(() => EventPattern.Parse(pattern));

        Assert.Contains("too complex", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }
}
