using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Table;

/// <summary>An item's attributes under typed access; nothing outside this project sees an AttributeValue.</summary>
internal sealed class Item(Dictionary<string, AttributeValue> attributes)
{
    public Item(ItemKey key)
        : this(key.ToAttributes()) { }

    public Dictionary<string, AttributeValue> Attributes { get; } = attributes;

    public ItemKey Key => new(Text("pk"), Text("sk"));

    public Item With(string name, string? value)
    {
        if (value is not null)
        {
            Attributes[name] = new AttributeValue(value);
        }

        return this;
    }

    public Item With(string name, long? value)
    {
        if (value is { } number)
        {
            Attributes[name] = new AttributeValue { N = number.ToString(CultureInfo.InvariantCulture) };
        }

        return this;
    }

    public Item With(string name, byte[] value)
    {
        Attributes[name] = new AttributeValue { B = new MemoryStream(value) };
        return this;
    }

    public Item With(string name, DateTimeOffset? value) => With(name, value is { } time ? Timestamp.Format(time) : null);

    public Item With(string name, IReadOnlyList<string> values)
    {
        Attributes[name] = new AttributeValue { L = [.. values.Select(value => new AttributeValue(value))], IsLSet = true };
        return this;
    }

    /// <summary>A text that every item of this kind has.</summary>
    /// <exception cref="InvalidOperationException">The item lacks it: it was not written by this application.</exception>
    public string Text(string name) =>
        OptionalText(name)
        ?? throw new InvalidOperationException($"The item {OptionalText("pk")} {OptionalText("sk")} has no attribute {name}.");

    /// <summary>A text, or null when it is absent or empty.</summary>
    public string? OptionalText(string name) =>
        Attributes.TryGetValue(name, out var value) && value.S is { Length: > 0 } text ? text : null;

    public long? OptionalNumber(string name) =>
        Attributes.TryGetValue(name, out var value) && value.N is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>Bytes, or null when they are absent.</summary>
    public byte[]? OptionalBytes(string name) => Attributes.TryGetValue(name, out var value) ? value.B?.ToArray() : null;

    public DateTimeOffset Time(string name) => Timestamp.Parse(Text(name));

    public DateTimeOffset? OptionalTime(string name) => OptionalText(name) is { } text ? Timestamp.Parse(text) : null;

    public IReadOnlyList<string> List(string name) =>
        Attributes.TryGetValue(name, out var value) ? [.. (value.L ?? []).Select(element => element.S)] : [];
}
