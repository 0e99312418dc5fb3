namespace TemplateHost.DynamoDb.Operations;

/// <summary>What a read wants to know of items, as policies see it.</summary>
/// <param name="Attributes">The top-level attributes that its expressions name; null where it asks for whole items, which are no
/// list.</param>
/// <param name="Select"><c>ALL_ATTRIBUTES</c>, <c>ALL_PROJECTED_ATTRIBUTES</c>, <c>SPECIFIC_ATTRIBUTES</c> or <c>COUNT</c>.</param>
internal sealed record AskedAttributes(IReadOnlyCollection<string>? Attributes, string Select)
{
    /// <param name="named">All attributes that the request's expressions name.</param>
    /// <param name="isProjected">Whether one of them says which attributes are wanted.</param>
    /// <param name="select">The request's own Select.</param>
    public static AskedAttributes Of(IEnumerable<string> named, bool isProjected, string? select, bool ofIndex = false) =>
        new(
            isProjected || select == "COUNT" ? named.ToHashSet() : null,
            select
                ?? (
                    isProjected ? "SPECIFIC_ATTRIBUTES"
                    : ofIndex ? "ALL_PROJECTED_ATTRIBUTES"
                    : "ALL_ATTRIBUTES"
                )
        );

    /// <summary>The condition keys.</summary>
    public Dictionary<string, string> Keys()
    {
        var keys = new Dictionary<string, string> { ["dynamodb:Select"] = Select };
        if (Attributes is { Count: > 0 })
        {
            keys["dynamodb:Attributes"] = string.Join('\n', Attributes);
        }

        return keys;
    }
}
