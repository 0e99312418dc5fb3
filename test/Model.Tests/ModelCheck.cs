using System.Text.RegularExpressions;

namespace FairShare.Model.Tests;

/// <summary>A line of model/checks.txt.</summary>
/// <param name="Model">The model's file, without its ending.</param>
/// <param name="Property">The property's name.</param>
/// <param name="Expected">What must come of it: holds, fails, goes-on, stalls.</param>
/// <param name="Definitions">What the model is compiled with, each without <c>-D</c> and value.</param>
/// <param name="IsDaily">Whether it is run in the tests of every day.</param>
internal sealed partial record ModelCheck(string Model, string Property, string Expected, IReadOnlyList<string> Definitions, bool IsDaily)
{
    /// <summary>Whether a sequence that contradicts the property is what is wanted.</summary>
    public bool WantsContradiction => Expected is "fails" or "stalls";

    /// <summary>Reads the lines of the list.</summary>
    public static IReadOnlyList<ModelCheck> ReadAll() =>
        [
            .. File.ReadLines(Path.Combine(ModelFolder.Path, "checks.txt"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => Read(line.TrimStart('~').Split(' ', StringSplitOptions.RemoveEmptyEntries), line[0] != '~')),
        ];

    private static ModelCheck Read(string[] words, bool isDaily) =>
        new(words[0], words[1], words[2], [.. words[3..].Select(word => Definition().Match(word).Groups[1].Value)], isDaily);

    [GeneratedRegex("^-D([A-Z0-9_]+)(=[0-9]+)?$")]
    private static partial Regex Definition();
}
