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
    [InlineData("nro.jws", "nro.jws_")]
    [InlineData("KEYS.json", "KEYS.json_")]
    [InlineData("keys.json.", "keys.json_")]
    [InlineData("x.part", "x.part_")]
    public void From_AnyName_SurprisesOnNoSystem(string name, string expected) =>
        Assert.Equal(expected, SafeFileName.From(DocumentName.Parse(name)));
}
