using System.Globalization;
using System.Numerics;
using System.Text;

namespace TemplateHost.DynamoDb.Model;

/// <summary>Key values as octets that compare as DynamoDB orders them: strings by UTF-8, numbers by value, binaries unsigned.</summary>
internal static class KeyEncoding
{
    public static byte[] Encode(AttributeValue value) =>
        value switch
        {
            StringValue text => Encoding.UTF8.GetBytes(text.Text),
            BinaryValue binary => binary.Octets,
            NumberValue number => Encode(number.Number),
            _ => throw new InvalidOperationException($"The type {value.Type} cannot be a key."),
        };

    /// <summary>The first octets that come after everything with this prefix; null when nothing does.</summary>
    public static byte[]? After(byte[] prefix)
    {
        var last = Array.FindLastIndex(prefix, octet => octet != 0xFF);
        if (last < 0)
        {
            return null;
        }

        var after = prefix[..(last + 1)];
        after[last]++;
        return after;
    }

    /// <summary>
    /// Sign and magnitude in the first two octets, then one octet a digit; a negative number's octets are inverted and closed by 0xFF.
    /// </summary>
    private static byte[] Encode(DynamoNumber number)
    {
        if (number.Coefficient.IsZero)
        {
            return [0x80];
        }

        var digits = BigInteger.Abs(number.Coefficient).ToString(CultureInfo.InvariantCulture);
        byte[] positive = [(byte)(number.Magnitude + 130), .. digits.Select(digit => (byte)(digit - '0' + 1))];
        return number.Coefficient.Sign > 0 ? [0xC0, .. positive] : [0x40, .. positive.Select(octet => (byte)~octet), 0xFF];
    }
}
