using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Language;

/// <summary>The States.* functions by name; each group of them is a class of its own.</summary>
internal sealed class IntrinsicFunctions(IRandomSource random)
{
    private static readonly Dictionary<string, Func<Arguments, JsonNode?>> Pure = new()
    {
        ["States.Format"] = TextFunctions.Format,
        ["States.StringToJson"] = TextFunctions.StringToJson,
        ["States.JsonToString"] = TextFunctions.JsonToString,
        ["States.StringSplit"] = TextFunctions.StringSplit,
        ["States.Base64Encode"] = TextFunctions.Base64Encode,
        ["States.Base64Decode"] = TextFunctions.Base64Decode,
        ["States.Hash"] = TextFunctions.Hash,
        ["States.Array"] = ArrayFunctions.Array,
        ["States.ArrayPartition"] = ArrayFunctions.Partition,
        ["States.ArrayContains"] = ArrayFunctions.Contains,
        ["States.ArrayRange"] = ArrayFunctions.Range,
        ["States.ArrayGetItem"] = ArrayFunctions.GetItem,
        ["States.ArrayLength"] = ArrayFunctions.Length,
        ["States.ArrayUnique"] = ArrayFunctions.Unique,
        ["States.JsonMerge"] = ArrayFunctions.JsonMerge,
        ["States.MathAdd"] = NumberFunctions.Add,
    };

    /// <summary>Whether a function of this name exists; a definition that calls another is refused.</summary>
    public static bool Exists(string name) => Pure.ContainsKey(name) || name is "States.MathRandom" or "States.UUID";

    public JsonNode? Call(IntrinsicCall call, Scope scope)
    {
        var arguments = new Arguments(call.Name, [.. call.Arguments.Select(argument => Resolve(argument, scope))]);
        try
        {
            return call.Name switch
            {
                "States.MathRandom" => NumberFunctions.Random(arguments, random),
                "States.UUID" => NumberFunctions.Uuid(arguments, random),
                _ when Pure.TryGetValue(call.Name, out var function) => function(arguments),
                _ => throw arguments.Fault("there is no such function"),
            };
        }
        catch (Exception fault)
            when (fault is InvalidOperationException or FormatException or System.Text.Json.JsonException or OverflowException)
        {
            throw arguments.Fault(fault.Message);
        }
    }

    private Argument Resolve(IntrinsicArgument argument, Scope scope) =>
        argument switch
        {
            LiteralArgument literal => new Argument(literal.Value?.DeepClone(), literal.Raw),
            IntrinsicCall call => new Argument(Call(call, scope), null),
            PathArgument path when scope.TryEvaluate(path.Path, out var value) => new Argument(value, null),
            PathArgument path => throw new StateFailedException(
                ErrorNames.Runtime,
                $"The JSONPath '{path.Path}' could not be found in the input '{JsonText.Of(scope.Input)}'"
            ),
            _ => throw new InvalidOperationException("An argument is a literal, a path or a call."),
        };
}

/// <param name="Value">The value; null is JSON's.</param>
/// <param name="Raw">For a string literal, its source text.</param>
internal sealed record Argument(JsonNode? Value, string? Raw);

/// <summary>The evaluated arguments of one call, read with the checks that all functions share.</summary>
internal sealed record Arguments(string Function, IReadOnlyList<Argument> Values)
{
    public int Count => Values.Count;

    public JsonNode? this[int index] => index < Values.Count ? Values[index].Value : throw Fault($"argument {index + 1} is missing");

    public string Text(int index) =>
        this[index] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw Fault($"argument {index + 1} is not a string");

    /// <summary>A number as the nearest whole one; halves go up, as at AWS.</summary>
    public long Integer(int index) =>
        this[index] is { } node && node.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? (long)Math.Floor(JsonValues.Number(node) + 0.5)
            : throw Fault($"argument {index + 1} is not a number");

    public JsonArray Array(int index) => this[index] as JsonArray ?? throw Fault($"argument {index + 1} is not an array");

    public JsonObject Object(int index) => this[index] as JsonObject ?? throw Fault($"argument {index + 1} is not an object");

    public Arguments Expect(int least, int most) => Count >= least && Count <= most ? this : throw Fault($"{Count} arguments given");

    public StateFailedException Fault(string why) => new(ErrorNames.IntrinsicFailure, $"The function '{Function}' failed: {why}");
}
