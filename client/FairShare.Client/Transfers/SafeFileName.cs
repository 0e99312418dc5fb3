using FairShare.Protocol.Identifiers;

namespace FairShare.Client.Transfers;

/// <summary>Makes a document's name, which another party chose, into a file name that surprises on no system.</summary>
public static class SafeFileName
{
    private const string Troublesome = "<>:\"|?*";

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
    ];

    /// <summary>Replaces what Windows refuses, and a leading dot or hyphen, by underscores; marks device names; cuts trailing dots.</summary>
    public static string From(DocumentName name)
    {
        var text = new string([.. name.ToString().Select(symbol => Troublesome.Contains(symbol, StringComparison.Ordinal) ? '_' : symbol)]);
        text = text.TrimEnd('.', ' ');
        if (text.Length == 0 || text[0] is '.' or '-')
        {
            text = "_" + text.TrimStart('.', '-');
        }

        var stem = text.Split('.')[0];
        return Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + text : text;
    }
}
