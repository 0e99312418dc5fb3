namespace TemplateHost.DynamoDb.Model;

/// <summary>A value of one of DynamoDB's ten types. Lists and maps may be changed while they belong to one update only.</summary>
/// <param name="Type">The type's descriptor: S, N, B, BOOL, NULL, L, M, SS, NS, BS.</param>
internal abstract record AttributeValue(string Type)
{
    /// <summary>A copy that shares no list or map.</summary>
    public virtual AttributeValue Copy() => this;
}

internal sealed record StringValue(string Text) : AttributeValue("S");

internal sealed record NumberValue(DynamoNumber Number) : AttributeValue("N");

internal sealed record BinaryValue(byte[] Octets) : AttributeValue("B")
{
    public bool Equals(BinaryValue? other) => other is not null && Octets.AsSpan().SequenceEqual(other.Octets);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Octets);
        return hash.ToHashCode();
    }
}

internal sealed record BooleanValue(bool Value) : AttributeValue("BOOL");

internal sealed record NullValue() : AttributeValue("NULL");

internal sealed record ListValue(List<AttributeValue> Items) : AttributeValue("L")
{
    public override AttributeValue Copy() => new ListValue([.. Items.Select(item => item.Copy())]);

    public bool Equals(ListValue? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Count;
}

internal sealed record MapValue(Dictionary<string, AttributeValue> Members) : AttributeValue("M")
{
    public override AttributeValue Copy() => new MapValue(Members.ToDictionary(member => member.Key, member => member.Value.Copy()));

    public bool Equals(MapValue? other) =>
        other is not null
        && Members.Count == other.Members.Count
        && Members.All(member => other.Members.TryGetValue(member.Key, out var value) && member.Value == value);

    public override int GetHashCode() => Members.Count;
}

/// <summary>A set of strings, numbers or octets: its elements are values of the one type, without order.</summary>
internal sealed record SetValue(string ElementType, HashSet<AttributeValue> Elements) : AttributeValue(ElementType + "S")
{
    public bool Equals(SetValue? other) => other is not null && ElementType == other.ElementType && Elements.SetEquals(other.Elements);

    public override int GetHashCode() => Elements.Count;
}
