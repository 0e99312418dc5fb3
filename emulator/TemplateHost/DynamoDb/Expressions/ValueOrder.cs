using System.Text;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The order of numbers, strings (by UTF-8) and binaries; other types, and different ones, have none.</summary>
internal static class ValueOrder
{
    public static int? Compare(AttributeValue? left, AttributeValue? right) =>
        (left, right) switch
        {
            (NumberValue first, NumberValue second) => first.Number.CompareTo(second.Number),
            (StringValue first, StringValue second) => Encoding
                .UTF8.GetBytes(first.Text)
                .AsSpan()
                .SequenceCompareTo(Encoding.UTF8.GetBytes(second.Text)),
            (BinaryValue first, BinaryValue second) => first.Octets.AsSpan().SequenceCompareTo(second.Octets),
            _ => null,
        };
}
