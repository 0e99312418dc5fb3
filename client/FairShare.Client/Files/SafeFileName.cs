using System.Text;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Files;

/// <summary>Makes a document's name, which another party chose, into a file name that surprises on no system.</summary>
public static class SafeFileName
{
    private const int ByteLimit = 255;
    private const int LongestExtension = 32;
    private const string Troublesome = "<>:\"|?*";

    // Windows takes superscript digits for digits.
    private static readonly string[] Devices =
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        .. "123456789¹²³".SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
    ];

    /// <summary>
    /// Replaces what Windows refuses, and a leading dot or hyphen, by underscores; marks device names, with or without an extension; cuts
    /// trailing dots, and what goes beyond 255 bytes of UTF-8 before the extension.
    /// </summary>
    public static string From(DocumentName name)
    {
        var text = new string([.. name.ToString().Select(symbol => Troublesome.Contains(symbol, StringComparison.Ordinal) ? '_' : symbol)]);
        text = text.TrimEnd('.', ' ');
        if (text.Length == 0 || text[0] is '.' or '-')
        {
            text = "_" + text.TrimStart('.', '-');
        }

        var stem = text.Split('.')[0].TrimEnd(' ');
        return Shorten(Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + text : text);
    }

    private static string Shorten(string text)
    {
        var extension = Path.GetExtension(text) is { Length: < LongestExtension } found ? found : "";
        var stem = text[..^extension.Length];
        while (Encoding.UTF8.GetByteCount(stem) + Encoding.UTF8.GetByteCount(extension) > ByteLimit)
        {
            stem = stem[..^(stem.Length > 1 && char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        }

        return stem + extension;
    }
}
