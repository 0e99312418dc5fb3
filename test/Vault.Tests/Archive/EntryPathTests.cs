using FairShare.Vault.Archive;

namespace FairShare.Vault.Tests.Archive;

public sealed class EntryPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a/", "a")]
    [InlineData("./a//b/./c", "a/b/c")]
    [InlineData("./", "")]
    [InlineData("...", "...")]
    [InlineData("a/..b", "a/..b")]
    public void Parse_PathWithinTheFolder_HasOneForm(string name, string path) => Assert.Equal(path, EntryPath.Parse(name));

    [Theory]
    [InlineData("C:x", true)]
    [InlineData("a\\b", true)]
    [InlineData("file:stream", true)]
    [InlineData("nul", true)]
    [InlineData("COM1.txt", true)]
    [InlineData("ends with a dot.", true)]
    [InlineData("ends with a space ", true)]
    [InlineData("console", false)]
    [InlineData("a.b", false)]
    public void IsUnsafeOnWindows_Name_IsWhatWindowsDoesNotTakeAsItIs(string name, bool isUnsafe) =>
        Assert.Equal(isUnsafe, EntryPath.IsUnsafeOnWindows(name));
}
