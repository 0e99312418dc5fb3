using FairShare.Client.Files;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Transfers;

public class SafeFileNameTests
{
    [Theory]
    [InlineData("contract.pdf", "contract.pdf")]
    [InlineData("Verträge 2026.pdf", "Verträge 2026.pdf")]
    [InlineData(".bashrc", "_bashrc")]
    [InlineData("..hidden", "_hidden")]
    [InlineData("-rf", "_rf")]
    [InlineData("a:b?.txt", "a_b_.txt")]
    [InlineData("con", "_con")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("COM1.log", "_COM1.log")]
    [InlineData("trailing.", "trailing")]
    [InlineData("...", "_")]
    [InlineData("COM¹.txt", "_COM¹.txt")]
    [InlineData("CON .txt", "_CON .txt")]
    [InlineData("nro.jws", "nro.jws")]
    [InlineData("x.part", "x.part")]
    public void From_AnyName_SurprisesOnNoSystem(string name, string expected) =>
        Assert.Equal(expected, SafeFileName.From(DocumentName.Parse(name)));

    [Theory]
    [InlineData("con.", ".txt")]
    [InlineData("con.€", ".txt")]
    [InlineData("con.😀", "")]
    public void From_NameOf255Bytes_StaysWithinThem(string start, string end)
    {
        var symbol = start[4..] is { Length: > 0 } given ? given : "n";
        var name = start[..4];
        while (Bytes(name + symbol + end) <= 255)
        {
            name += symbol;
        }

        var file = SafeFileName.From(DocumentName.Parse(name + end));

        Assert.InRange(Bytes(file), 250, 255);
        Assert.StartsWith("_con.", file, StringComparison.Ordinal);
        Assert.EndsWith(end, file, StringComparison.Ordinal);
        Assert.True(DocumentName.TryParse(file, out _));

        static int Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);
    }
}
