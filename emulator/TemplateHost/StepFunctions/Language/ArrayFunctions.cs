using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Language;

/// <summary>States.Array* and JsonMerge.</summary>
internal static class ArrayFunctions
{
    private const int MostElements = 1000;

    public static JsonNode? Array(Arguments arguments) => Copy(arguments.Values.Select(argument => argument.Value));

    public static JsonNode? Partition(Arguments arguments)
    {
        var size = arguments.Expect(2, 2).Integer(1);
        return size > 0
            ? new JsonArray([.. arguments.Array(0).Chunk((int)Math.Min(size, int.MaxValue)).Select(chunk => (JsonNode)Copy(chunk))])
            : throw arguments.Fault("the size of a part must be positive");
    }

    public static JsonNode? Contains(Arguments arguments) =>
        arguments.Expect(2, 2).Array(0).Any(element => JsonNode.DeepEquals(element, arguments[1]));

    public static JsonNode? Range(Arguments arguments)
    {
        var (first, last, step) = (arguments.Expect(3, 3).Integer(0), arguments.Integer(1), arguments.Integer(2));
        if (step == 0 || Math.Abs((last - first) / step) >= MostElements)
        {
            throw arguments.Fault($"a range has a step other than 0 and at most {MostElements} elements");
        }

        var range = new JsonArray();
        for (var value = first; step > 0 ? value <= last : value >= last; value += step)
        {
            range.Add(value);
        }

        return range;
    }

    public static JsonNode? GetItem(Arguments arguments)
    {
        var (elements, index) = (arguments.Expect(2, 2).Array(0), arguments.Integer(1));
        return index >= 0 && index < elements.Count
            ? elements[(int)index]?.DeepClone()
            : throw arguments.Fault($"there is no element {index}");
    }

    public static JsonNode? Length(Arguments arguments) => arguments.Expect(1, 1).Array(0).Count;

    public static JsonNode? Unique(Arguments arguments)
    {
        var unique = new List<JsonNode?>();
        foreach (var element in arguments.Expect(1, 1).Array(0))
        {
            if (!unique.Any(known => JsonNode.DeepEquals(known, element)))
            {
                unique.Add(element);
            }
        }

        return Copy(unique);
    }

    /// <summary>Merges the second object over the first; AWS offers the shallow mode only.</summary>
    public static JsonNode? JsonMerge(Arguments arguments)
    {
        if (arguments.Expect(3, 3)[2]?.GetValue<bool>() is not false)
        {
            throw arguments.Fault("only shallow merging (false) is supported");
        }

        var merged = arguments.Object(0).DeepClone().AsObject();
        foreach (var (name, value) in arguments.Object(1))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static JsonArray Copy(IEnumerable<JsonNode?> elements) => new([.. elements.Select(element => element?.DeepClone())]);
}
