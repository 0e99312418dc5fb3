using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>One of several parts of a parallel scan; a partition key belongs to exactly one.</summary>
internal sealed record ScanSegment(int Number, int Total)
{
    public static ScanSegment? Read(JsonObject input)
    {
        var (segment, total) = (input["Segment"]?.GetValue<int>(), input["TotalSegments"]?.GetValue<int>());
        return (segment, total) switch
        {
            (null, null) => null,
            (null, _) => throw Invalid.Request(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
            ),
            (_, null) => throw Invalid.Request(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
            ),
            ({ } number, { } count) when number >= count => throw Invalid.Request(
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {number} is not "
                    + $"less than TotalSegments: {count}"
            ),
            ({ } number, { } count) => new ScanSegment(number, count),
        };
    }

    public bool Holds(byte[] hash)
    {
        var sum = 17u;
        foreach (var octet in hash)
        {
            sum = (sum * 31) + octet;
        }

        return sum % Total == Number;
    }
}
