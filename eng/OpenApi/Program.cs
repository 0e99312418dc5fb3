// Writes docs/openapi*.json from the routes. Usage: dotnet run --project eng/OpenApi, in the folder of the solution.
using System.Xml.Linq;
using FairShare.OpenApi;

var comments = new XmlComments(XDocument.Load(Path.Combine(AppContext.BaseDirectory, "FairShare.Contracts.xml")));
foreach (var api in ApiDescription.All)
{
    File.WriteAllText(Path.Combine("docs", api.File), api.Write(comments));
    Console.WriteLine($"docs/{api.File}: {api.Routes.Count()} calls");
}
