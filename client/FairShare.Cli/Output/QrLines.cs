using QRCoder;

namespace FairShare.Cli.Output;

/// <summary>A QR code in a terminal: two modules a character, light ones drawn, with the quiet zone that readers need.</summary>
internal static class QrLines
{
    /// <summary>The lines.</summary>
    /// <param name="text">What the code says.</param>
    public static IReadOnlyList<string> Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(endOfLine: "\n").Split('\n');
    }
}
