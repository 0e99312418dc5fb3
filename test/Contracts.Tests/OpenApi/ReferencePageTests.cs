using System.Text.Json.Nodes;
using System.Xml.Linq;
using FairShare.OpenApi;

namespace FairShare.Contracts.Tests.OpenApi;

public sealed class ReferencePageTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!;

    private static string Page => new ReferencePage(Document).Write();

    private static XElement Root => XDocument.Parse(Page).Root!;

    [Fact]
    public void Write_Twice_IsTheSame() => Assert.Equal(Page, Page);

    [Fact]
    public void Write_OfTheDocument_HasEachCallAndEachRecord()
    {
        var ids = Root.Descendants("article").Select(article => article.Attribute("id")!.Value).ToHashSet();
        Assert.All(ApiDescription.All[0].Routes, one => Assert.Contains(one.Route.Name, ids));
        Assert.All(Document["components"]!["schemas"]!.AsObject(), one => Assert.Contains($"record-{one.Key}", ids));
    }

    [Fact]
    public void Write_OfTheDocument_HasNoScriptAndNoLinkThatLeadsNowhere()
    {
        var ids = Root.Descendants().Attributes("id").Select(id => $"#{id.Value}").ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Root.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value, ids));
        Assert.Empty(Root.Descendants("script"));
        Assert.Empty(Root.Descendants().Attributes("src"));
    }

    [Fact]
    public void Write_OfADescriptionWithMarkup_ShowsItAsText()
    {
        var document = Document.DeepClone();
        document["info"]!["description"] = "<script>alert(1)</script>";
        Assert.DoesNotContain("<script>", new ReferencePage(document).Write(), StringComparison.Ordinal);
    }
}
