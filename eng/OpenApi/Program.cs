// Writes docs/openapi*.json from the routes; with --page FILE a page for people of the service's API instead.
// Usage: dotnet run --project eng/OpenApi [-- --page FILE], in the folder of the solution.
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FairShare.OpenApi;

var comments = new XmlComments(XDocument.Load(Path.Combine(AppContext.BaseDirectory, "FairShare.Contracts.xml")));
if (args is ["--page", var file])
{
    File.WriteAllText(file, new ReferencePage(JsonNode.Parse(ApiDescription.All[0].Write(comments, ExampleCatalogue.Load()))!).Write());
    return;
}

foreach (var api in ApiDescription.All)
{
    File.WriteAllText(Path.Combine("docs", api.File), api.Write(comments, ExampleCatalogue.Load()));
    Console.WriteLine($"docs/{api.File}: {api.Routes.Count()} calls");
}
