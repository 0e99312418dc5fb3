using System.Globalization;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Tests.Identifiers;

public class DocumentNameTests
{
    [Theory]
    [InlineData("contract.pdf")]
    [InlineData("..contract")]
    [InlineData("Vertrag über Äpfel.pdf")]
    [InlineData("契約書.pdf")]
    [InlineData("نامه\u200cها.txt")]
    [InlineData("a b.txt")]
    [InlineData("CON")]
    [InlineData("\uFFFD")]
    public void Parse_OneSegment_IsKeptAsItIs(string name) => Assert.Equal(name, DocumentName.Parse(name).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    [InlineData("invoice\u202Efdp.exe")]
    [InlineData("a\u2028b")]
    [InlineData("\uDB40\uDC41")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("u\u0308ber")]
    public void Parse_PathTrickControlOrOtherForm_IsRefused(string name) =>
        Assert.Equal("invalid-name", Assert.Throws<ProtocolException>(() => DocumentName.Parse(name)).Code);

    // Not theory data: an attribute holds UTF-8, which has no unpaired surrogates.
    [Fact]
    public void Parse_UnpairedSurrogate_IsRefused()
    {
        Assert.False(DocumentName.TryParse("a\uD800b", out _));
        Assert.False(DocumentName.TryParse("\uFFFD\uD800", out _));
        Assert.False(DocumentName.TryParse("\uDC00\uD800", out _));
    }

    [Fact]
    public void Parse_LengthInBytes_IsBoundedAt255()
    {
        Assert.True(DocumentName.TryParse(new string('a', 255), out _));
        Assert.False(DocumentName.TryParse(new string('a', 256), out _));
        Assert.True(DocumentName.TryParse(new string('é', 127), out _));
        Assert.False(DocumentName.TryParse(new string('é', 128), out _));
        Assert.False(DocumentName.TryParse(new string('a', 10_240), out _));
        Assert.False(DocumentName.TryParse(null, out _));
    }

    [Fact]
    public void Parse_NormalFormVectors_AgreeWithAnotherImplementation()
    {
        var vectors = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "normal-form-c.txt"))
            .Where(line => line[0] != '#')
            .ToList();
        Assert.True(vectors.Count > 500);
        foreach (var line in vectors)
        {
            var parts = line.Split(';');
            var text = string.Concat(
                parts[0]
                    .Split(' ')
                    .Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            );
            Assert.True(NormalForm.IsComposed(text) == (parts[1] == "yes"), line);
        }
    }
}
