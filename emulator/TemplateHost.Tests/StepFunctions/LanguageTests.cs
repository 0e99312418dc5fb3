using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>
/// Paths and intrinsic functions by themselves; examples are those of the States Language specification where it has some.
/// </summary>
public sealed class LanguageTests
{
    private const string Input = """
        {"a":{"b":[1,2,3,{"c":"x"}]},"s":"hi","n":5,"z":null,"list":[{"p":1,"k":"a"},{"p":5,"k":"b"},{"p":9,"k":"c"}],"e":[],"x y":1}
        """;

    [Theory]
    [InlineData("$.a.b[0]", "1")]
    [InlineData("$['a']['b'][3].c", "\"x\"")]
    [InlineData("$['x y']", "1")]
    [InlineData("$.z", "null")]
    [InlineData("$.a.b[1:3]", "[2,3]")]
    [InlineData("$.list[-2:]", """[{"p":5,"k":"b"},{"p":9,"k":"c"}]""")]
    [InlineData("$.list[*].p", "[1,5,9]")]
    [InlineData("$.list[0,2].k", "[\"a\",\"c\"]")]
    [InlineData("$..c", "[\"x\"]")]
    [InlineData("$.list[?(@.p>3)].k", "[\"b\",\"c\"]")]
    [InlineData("$.list[?(@.p > 3 && @.k == 'c')].p", "[9]")]
    [InlineData("$.list[?(@.p == 1 || @.k == \"c\")].p", "[1,9]")]
    [InlineData("$.list[?(!(@.p == 1))].p", "[5,9]")]
    [InlineData("$.list[?(@.missing)]", "[]")]
    [InlineData("$$.Execution.Name", "\"run\"")]
    public void Path_Evaluated_NamesTheNodes(string path, string expected) => Assert.Equal(expected, Evaluate(path));

    [Theory]
    [InlineData("States.Format('Hello {}, {}.', $.s, $.n)", "\"Hello hi, 5.\"")]
    [InlineData("States.Format('\\{\\} it\\'s {}', $.a)", """ "{} it's {b=[1, 2, 3, {c=x}]}" """)]
    [InlineData("States.StringToJson('[1,{\"a\":2}]')", """[1,{"a":2}]""")]
    [InlineData("States.JsonToString($.list[0])", """ "{\"p\":1,\"k\":\"a\"}" """)]
    [InlineData("States.Array('Foo', 2020, $.s, null)", """["Foo",2020,"hi",null]""")]
    [InlineData("States.ArrayPartition($.a.b, 3)", """[[1,2,3],[{"c":"x"}]]""")]
    [InlineData("States.ArrayPartition($.a.b, 4294967296)", """[[1,2,3,{"c":"x"}]]""")]
    [InlineData("States.ArrayContains($.a.b, 2)", "true")]
    [InlineData("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("States.ArrayRange(9, 1, -3)", "[9,6,3]")]
    [InlineData("States.ArrayGetItem($.list, 1)", """{"p":5,"k":"b"}""")]
    [InlineData("States.ArrayLength($.e)", "0")]
    [InlineData("States.ArrayUnique(States.Array(1,2,2,'a','a'))", """[1,2,"a"]""")]
    [InlineData("States.Base64Encode('Data to encode')", "\"RGF0YSB0byBlbmNvZGU=\"")]
    [InlineData("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "\"Data to encode\"")]
    [InlineData("States.Hash('input data', 'SHA-1')", "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"")]
    [InlineData("States.JsonMerge($.list[0], States.StringToJson('{\"k\":2}'), false)", """{"p":1,"k":2}""")]
    [InlineData("States.MathAdd(111, -1)", "110")]
    [InlineData("States.MathAdd(-0.5, 0)", "0")]
    [InlineData("States.MathAdd(0.5, 0)", "1")]
    [InlineData("States.StringToJson('')", "null")]
    [InlineData("States.Format('{}', States.StringToJson('{\"Arg1\":1,\"Arg2\":[]}'))", "\"{Arg1=1, Arg2=[]}\"")]
    [InlineData("States.StringSplit('This.is+a,test=string', '.+,=')", """["This","is","a","test","string"]""")]
    [InlineData("States.ArrayLength(States.StringSplit($.s, ','))", "1")]
    public void Function_Called_GivesTheValue(string call, string expected) => Assert.Equal(expected.Trim(), Evaluate(call));

    [Theory]
    [InlineData("States.ArrayGetItem($.list, 3)")]
    [InlineData("States.ArrayRange(1, 5, 0)")]
    [InlineData("States.Format('{} {}', 1)")]
    [InlineData("States.StringToJson('nope')")]
    [InlineData("States.Base64Decode('***')")]
    [InlineData("States.MathAdd('1', 2)")]
    [InlineData("States.Hash('a', 'CRC')")]
    [InlineData("States.JsonMerge($.a, $.a, true)")]
    public void Function_WithBadArguments_IsIntrinsicFailure(string call) =>
        Assert.Equal("States.IntrinsicFailure", Assert.Throws<StateFailedException>(() => Evaluate(call)).Error);

    [Fact]
    public void Uuid_And_MathRandom_AreInTheirRanges()
    {
        Assert.Matches("^\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"$", Evaluate("States.UUID()"));
        var drawn = Enumerable.Range(0, 100).Select(_ => int.Parse(Evaluate("States.MathRandom(3, 6)"))).ToList();
        Assert.All(drawn, value => Assert.InRange(value, 3, 5));
        Assert.Equal(Evaluate("States.MathRandom(1, 999, 4)"), Evaluate("States.MathRandom(1, 999, 4)"));
    }

    [Theory]
    [InlineData("$.a[")]
    [InlineData("$.a[?(@.b]")]
    [InlineData("a.b")]
    [InlineData("$.")]
    [InlineData("$.a['b]")]
    public void Path_Malformed_IsRefused(string path) => Assert.Throws<FormatException>(() => JsonPath.Parse(path));

    [Fact]
    public void Function_WithANumberThatNoDoubleHolds_IsRefused() =>
        Assert.Throws<FormatException>(() => Evaluate("States.ArrayPartition($.a.b, 31e999)"));

    private static string Evaluate(string expression)
    {
        var scope = new Scope(
            JsonNode.Parse(Input),
            new JsonObject { ["Execution"] = new JsonObject { ["Name"] = "run" } },
            new IntrinsicFunctions(new SystemRandomSource())
        );
        Assert.True(scope.TryEvaluate(expression, out var value), expression);
        return JsonText.Of(value);
    }
}
