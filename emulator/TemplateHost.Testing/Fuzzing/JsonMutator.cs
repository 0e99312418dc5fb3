using System.Text.Json.Nodes;

namespace TemplateHost.Testing.Fuzzing;

/// <summary>Changes JSON, and leaves it JSON: what is wrong with it is found by whoever reads its members.</summary>
/// <param name="random">What the changes are drawn from.</param>
/// <param name="words">Words of the language of its texts, which are put into them.</param>
public sealed class JsonMutator(Random random, IReadOnlyList<string>? words = null)
{
    private const int MostChanges = 3;
    private const int DeepNesting = 60;

    private static readonly Func<JsonNode?>[] Telling =
    [
        () => null,
        () => true,
        () => 0,
        () => -1,
        () => 1.5,
        () => long.MaxValue,
        () => JsonNode.Parse("1e400"),
        () => JsonNode.Parse("123456789012345678901234567890"),
        () => "",
        () => new JsonArray(),
        () => new JsonObject(),
        () => new JsonArray((JsonNode?)null),
        () => JsonNode.Parse(string.Concat(Enumerable.Repeat("[", DeepNesting)) + string.Concat(Enumerable.Repeat("]", DeepNesting))),
    ];

    /// <summary>A copy with one to three changes anywhere in it.</summary>
    public JsonNode? Mutate(JsonNode? source)
    {
        var holder = new JsonArray(source?.DeepClone());
        for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
        {
            var places = Places(holder).ToList();
            places[random.Next(places.Count)]();
        }

        return holder[0]?.DeepClone();
    }

    private IEnumerable<Action> Places(JsonNode node) =>
        node switch
        {
            JsonArray list => list.SelectMany((item, index) => PlacesIn(list, item, index)),
            JsonObject map => map.ToList().SelectMany(member => PlacesIn(map, member.Value, member.Key)),
            _ => [],
        };

    private IEnumerable<Action> PlacesIn(JsonArray list, JsonNode? item, int index)
    {
        yield return () => list[index] = Other(item);
        if (list.Parent is not null)
        {
            yield return () => list.RemoveAt(index);
            yield return () => list.Insert(index, item?.DeepClone());
        }

        foreach (var deeper in item is null ? [] : Places(item))
        {
            yield return deeper;
        }
    }

    private IEnumerable<Action> PlacesIn(JsonObject map, JsonNode? value, string name)
    {
        yield return () => map[name] = Other(value);
        yield return () => map.Remove(name);
        yield return () => map[TextMutator.Mutate(name, random, words)] = value?.DeepClone();
        foreach (var deeper in value is null ? [] : Places(value))
        {
            yield return deeper;
        }
    }

    // A text is mostly changed to another text: a reader looks at the type first.
    private JsonNode? Other(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && random.Next(4) > 0
            ? TextMutator.Mutate(text, random, words)
            : Telling[random.Next(Telling.Length)]();
}
