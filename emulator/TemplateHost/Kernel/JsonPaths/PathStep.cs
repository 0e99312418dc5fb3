using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>One step of a <see cref="JsonPath"/>: from a node to the nodes it names.</summary>
internal abstract record PathStep
{
    public abstract IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root);

    protected static IEnumerable<JsonNode?> ChildrenOf(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
}

internal sealed record ChildStep(string Name) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root) =>
        node is JsonObject members && members.TryGetPropertyValue(Name, out var value) ? [value] : [];
}

internal sealed record IndexStep(int Index) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root)
    {
        if (node is not JsonArray elements)
        {
            return [];
        }

        var index = Index < 0 ? elements.Count + Index : Index;
        return index >= 0 && index < elements.Count ? [elements[index]] : [];
    }
}

internal sealed record WildcardStep : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root) => ChildrenOf(node);
}

/// <summary>Several names or indices at once, for example <c>['a','b']</c> or <c>[0,2]</c>.</summary>
internal sealed record UnionStep(IReadOnlyList<PathStep> Alternatives) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root) =>
        Alternatives.SelectMany(alternative => alternative.Apply(node, root));
}

internal sealed record SliceStep(int? From, int? To, int Step) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root)
    {
        if (node is not JsonArray elements)
        {
            return [];
        }

        var from = Clamp(From ?? 0, elements.Count);
        var to = Clamp(To ?? elements.Count, elements.Count);
        return Enumerable.Range(from, Math.Max(0, to - from)).Where(index => (index - from) % Step == 0).Select(index => elements[index]);
    }

    private static int Clamp(int index, int count) => Math.Clamp(index < 0 ? count + index : index, 0, count);
}

/// <summary><c>..</c>: the step after it, applied to the node and everything under it.</summary>
internal sealed record DescendantStep(PathStep Inner) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root) =>
        Inner.Apply(node, root).Concat(ChildrenOf(node).SelectMany(child => Apply(child, root)));
}

internal sealed record FilterStep(PathFilter Filter) : PathStep
{
    public override IEnumerable<JsonNode?> Apply(JsonNode? node, JsonNode? root) =>
        ChildrenOf(node).Where(child => Filter.Accepts(child, root));
}
