using FairShare.Core.Identifiers;

namespace FairShare.Client.Files;

/// <summary>Makes a document's name, which another party chose, into a file name that surprises on no system.</summary>
public static class SafeFileName
{
    /// <summary>What a file is called until it is whole, after its name.</summary>
    public const string PartialSuffix = ".part";

    private const string Troublesome = "<>:\"|?*";

    private static readonly string[] Devices =
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
    ];

    // A document of such a name would be taken for evidence beside which it lies, or for a download of another document that was cut short.
    private static readonly string[] Evidence =
    [
        "nro.jws",
        "challenge.jws",
        "nrr.jws",
        "release.jws",
        "refusal.jws",
        "record.jws",
        "receipt.jws",
        "keys.json",
        "trust.json",
    ];

    /// <summary>
    /// Replaces what Windows refuses, and a leading dot or hyphen, by underscores; marks device names, names of evidence files and of
    /// partial downloads; cuts trailing dots.
    /// </summary>
    public static string From(DocumentName name)
    {
        var text = new string([.. name.ToString().Select(symbol => Troublesome.Contains(symbol, StringComparison.Ordinal) ? '_' : symbol)]);
        text = text.TrimEnd('.', ' ');
        if (text.Length == 0 || text[0] is '.' or '-')
        {
            text = "_" + text.TrimStart('.', '-');
        }

        var stem = text.Split('.')[0];
        var isOurs =
            Evidence.Contains(text, StringComparer.OrdinalIgnoreCase) || text.EndsWith(PartialSuffix, StringComparison.OrdinalIgnoreCase);
        return isOurs ? $"{text}_"
            : Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + text
            : text;
    }
}
