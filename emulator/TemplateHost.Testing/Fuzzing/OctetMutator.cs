namespace TemplateHost.Testing.Fuzzing;

/// <summary>Changes octets without knowing what they mean.</summary>
public static class OctetMutator
{
    private const int MostChanges = 4;
    private const int LongestRun = 40;

    private static readonly byte[] Telling = [0x00, 0x01, 0x7f, 0x80, 0xff, (byte)'"', (byte)'\\', (byte)'{', (byte)'.', (byte)'\n'];

    /// <summary>A copy that differs in one to four places, or in its length.</summary>
    /// <param name="source">What is changed.</param>
    /// <param name="random">What the changes are drawn from.</param>
    public static byte[] Mutate(byte[] source, Random random)
    {
        List<byte> octets = [.. source];
        for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
        {
            Change(octets, random);
        }

        return [.. octets];
    }

    private static void Change(List<byte> octets, Random random)
    {
        var at = random.Next(octets.Count + 1);
        var length = random.Next(1, Math.Min(LongestRun, Math.Max(1, octets.Count - at)) + 1);
        switch (octets.Count == 0 ? 0 : random.Next(7))
        {
            case 0:
                octets.InsertRange(at, Drawn(length, random));
                break;
            case 1:
                octets[at % octets.Count] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                octets[at % octets.Count] = Telling[random.Next(Telling.Length)];
                break;
            case 3:
                octets.RemoveRange(at, Math.Min(length, octets.Count - at));
                break;
            case 4:
                octets.InsertRange(random.Next(octets.Count + 1), octets.GetRange(at, Math.Min(length, octets.Count - at)));
                break;
            case 5:
                octets.RemoveRange(at, octets.Count - at);
                break;
            default:
                Overwrite(octets, at, random);
                break;
        }
    }

    // Lengths and counts stand in two, four or eight octets: their limits are what readers forget.
    private static void Overwrite(List<byte> octets, int at, Random random)
    {
        var (width, value) = (
            1 << random.Next(1, 4),
            random.Next(4) switch
            {
                0 => (byte)0,
                1 => byte.MaxValue,
                2 => (byte)0x7f,
                _ => (byte)0x80,
            }
        );
        for (var place = at; place < Math.Min(at + width, octets.Count); place++)
        {
            octets[place] = value;
        }
    }

    private static byte[] Drawn(int length, Random random)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }
}
