using System.Buffers.Binary;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.StepFunctions.Language;

/// <summary>States.MathAdd, MathRandom and UUID.</summary>
internal static class NumberFunctions
{
    public static JsonNode? Add(Arguments arguments) => checked(arguments.Expect(2, 2).Integer(0) + arguments.Integer(1));

    /// <summary>
    /// A number from the first argument (inclusive) to the second (exclusive); a third one is a seed that makes it repeatable.
    /// </summary>
    public static JsonNode? Random(Arguments arguments, IRandomSource random)
    {
        var (from, to) = (arguments.Expect(2, 3).Integer(0), arguments.Integer(1));
        if (to <= from)
        {
            throw arguments.Fault("the range is empty");
        }

        var offset = arguments.Count == 3 ? new Random((int)arguments.Integer(2)).NextInt64(to - from) : NextBelow(random, to - from);
        return from + offset;
    }

    public static JsonNode? Uuid(Arguments arguments, IRandomSource random)
    {
        arguments.Expect(0, 0);
        return random.Uuid();
    }

    public static long NextBelow(IRandomSource random, long bound)
    {
        Span<byte> octets = stackalloc byte[8];
        random.Fill(octets);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(octets) % (ulong)bound);
    }
}
