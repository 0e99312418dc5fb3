using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

public sealed class LinkCheckTests
{
    [Theory]
    [InlineData("[page](b.md)")]
    [InlineData("[page](../README.md)")]
    [InlineData("[heading](b.md#who-may-call-it)")]
    [InlineData("[the same heading again](b.md#who-may-call-it-1)")]
    [InlineData("[heading here](#here)\n\n## Here")]
    [InlineData("[elsewhere](https://example.com/none.md)")]
    [InlineData("`[no link](none.md)`")]
    public void Faults_LinkThatLeadsSomewhere_AreNone(string text) => Assert.Empty(Faults(text));

    [Theory]
    [InlineData("[page](none.md)", "none.md")]
    [InlineData("[page](../../README.md)", "../../README.md")]
    [InlineData("[heading](b.md#none)", "b.md#none")]
    [InlineData("[heading here](#none)", "#none")]
    [InlineData("[lines of a source](../x.cs#L1)", "../x.cs#L1")]
    public void Faults_LinkThatLeadsNowhere_IsNamed(string text, string target) => Assert.Equal([$"docs/a.md: {target}"], Faults(text));

    private static IEnumerable<string> Faults(string text)
    {
        var documents = new Dictionary<string, Markdown>
        {
            ["docs/a.md"] = new(text),
            ["docs/b.md"] = new("# B\n\n## Who may call `it`?\n\n## Who may call it\n"),
        };
        return new LinkCheck(new RepositoryPaths(["README.md", "docs/a.md", "docs/b.md", "x.cs"]), documents).Faults("docs/a.md");
    }
}
