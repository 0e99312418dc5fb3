using FairShare.Cli.Output;
using ZXing;
using ZXing.Common;

namespace FairShare.Client.Tests.Cli;

/// <summary>What is drawn is read by a reader of others.</summary>
public sealed class QrLinesTests
{
    private const int Scale = 4;

    [Theory]
    [InlineData("https://vault.example.org/v#P-000G-40R4-0M30-E209-185G-R38E-1XJN")]
    [InlineData("http://127.0.0.1:8080/v#L-000G-40R4-0M30-E209-185G-R38E-1XJN")]
    public void Of_Link_IsReadAsIt(string link)
    {
        var lines = QrLines.Of(link);
        var (width, height) = (lines.Max(line => line.Length), 2 * lines.Count);
        var pixels = new byte[width * height * Scale * Scale];
        for (var y = 0; y < height * Scale; y++)
        {
            for (var x = 0; x < width * Scale; x++)
            {
                pixels[(y * width * Scale) + x] = IsLight(lines, x / Scale, y / Scale) ? byte.MaxValue : byte.MinValue;
            }
        }

        var source = new RGBLuminanceSource(pixels, width * Scale, height * Scale, RGBLuminanceSource.BitmapFormat.Gray8);
        var reader = new BarcodeReaderGeneric
        {
            Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true },
        };
        Assert.Equal(link, reader.Decode(source)?.Text);
    }

    // What is drawn is light, as on a terminal with a dark ground.
    private static bool IsLight(IReadOnlyList<string> lines, int x, int y) =>
        lines[y / 2].ElementAtOrDefault(x) switch
        {
            '\u2588' => true,
            '\u2580' => y % 2 == 0,
            '\u2584' => y % 2 == 1,
            _ => false,
        };
}
