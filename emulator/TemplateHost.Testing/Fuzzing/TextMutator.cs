using System.Text;

namespace TemplateHost.Testing.Fuzzing;

/// <summary>Changes texts: by their octets, by what readers of text trip over, and by words of the language that they are in.</summary>
public static class TextMutator
{
    private static readonly string[] Telling =
    [
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "\u0130",
        "null",
        "-1",
        "9223372036854775808",
        "1e999",
        "../..",
        "%00",
        "%2e%2e%2f",
        "\r\nX: y",
        "A",
        new('A', 22),
        new('A', 43),
        new('x', 5000),
        "a.b.c",
        "..",
        "0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
    ];

    /// <summary>Another text.</summary>
    /// <param name="source">What is changed.</param>
    /// <param name="random">What the change is drawn from.</param>
    /// <param name="words">Words of its language, which are put in.</param>
    public static string Mutate(string source, Random random, IReadOnlyList<string>? words = null)
    {
        var at = random.Next(source.Length + 1);
        return random.Next(words is { Count: > 0 } ? 6 : 4) switch
        {
            0 => Telling[random.Next(Telling.Length)],
            1 => source.Insert(at, Telling[random.Next(Telling.Length)]),
            2 => source[..at] + source[Math.Min(source.Length, at + random.Next(1, 9))..],
            3 => Encoding.UTF8.GetString(OctetMutator.Mutate(Encoding.UTF8.GetBytes(source), random)),
            4 => source.Insert(at, words![random.Next(words.Count)]),
            _ => source[..at] + words![random.Next(words.Count)] + source[Math.Min(source.Length, at + random.Next(1, 9))..],
        };
    }
}
