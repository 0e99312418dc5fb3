using System.Text.RegularExpressions;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>The part of an object that a GET wants; both ends inclusive.</summary>
internal sealed partial record ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>Null for the whole: no range, several, or one that is not understood, which HTTP says to ignore.</summary>
    /// <exception cref="AwsException">InvalidRange: nothing of the object lies in it.</exception>
    public static ByteRange? Read(string? header, long size)
    {
        var match = Form().Match(header ?? "");
        if (!match.Success || (match.Groups["first"].Length == 0 && match.Groups["last"].Length == 0))
        {
            return null;
        }

        var last =
            match.Groups["last"].Length == 0
                ? size - 1
                : long.Parse(match.Groups["last"].Value, System.Globalization.CultureInfo.InvariantCulture);
        var range =
            match.Groups["first"].Length == 0
                ? new ByteRange(Math.Max(0, size - last), size - 1)
                : new ByteRange(
                    long.Parse(match.Groups["first"].Value, System.Globalization.CultureInfo.InvariantCulture),
                    Math.Min(last, size - 1)
                );
        if (match.Groups["first"].Length > 0 && last < range.First && match.Groups["last"].Length > 0)
        {
            return null;
        }

        return range.First <= range.Last && range.First < size
            ? range
            : throw new AwsException("InvalidRange", "The requested range is not satisfiable", 416);
    }

    /// <summary>The octets of one part.</summary>
    /// <exception cref="AwsException">InvalidPartNumber.</exception>
    public static ByteRange OfPart(ObjectVersion version, int number)
    {
        var part =
            version.Parts.FirstOrDefault(candidate => candidate.Number == number)
            ?? throw new AwsException("InvalidPartNumber", "The requested partnumber is not satisfiable", 416);
        var first = version.Parts.TakeWhile(before => before != part).Sum(before => before.Size);
        return new ByteRange(first, first + part.Size - 1);
    }

    [GeneratedRegex("^bytes=(?<first>[0-9]{0,18})-(?<last>[0-9]{0,18})$")]
    private static partial Regex Form();
}
