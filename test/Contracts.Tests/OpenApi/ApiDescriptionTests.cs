using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FairShare.OpenApi;

namespace FairShare.Contracts.Tests.OpenApi;

public sealed class ApiDescriptionTests
{
    private const string Redocly = "@redocly/cli@2.77.0";
    private const string TypeScript = "openapi-typescript@7.13.0";

    public static TheoryData<string> Files => [.. ApiDescription.All.Select(api => api.File)];

    [Theory, MemberData(nameof(Files))]
    public void Write_FromTheRoutes_IsTheDocumentInDocs(string file)
    {
        var comments = new XmlComments(XDocument.Load(Path.Combine(AppContext.BaseDirectory, "FairShare.Contracts.xml")));
        Assert.True(
            File.ReadAllText(PathOf(file)) == ApiDescription.All.Single(api => api.File == file).Write(comments, ExampleCatalogue.Load()),
            $"docs/{file} is not what the routes say; dotnet run --project eng/OpenApi writes it."
        );
    }

    [Theory, MemberData(nameof(Files))]
    public void Document_EachOperation_HasAnAnswerASchemaAndItsProblems(string file)
    {
        foreach (var (path, method, operation) in OperationsOf(file))
        {
            var responses = operation["responses"]!.AsObject();
            Assert.True(responses.Any(one => one.Key.StartsWith('2')), $"{method} {path}");
            Assert.All(responses, one => Assert.NotEmpty(one.Value!["content"]!.AsObject()));
            Assert.Contains(responses, one => one.Key == "503");
        }
    }

    [Fact]
    public void Document_Requests_AreClosedAndAnswersAreOpen()
    {
        var document = JsonNode.Parse(File.ReadAllText(PathOf("openapi.json")))!;
        var schemas = document["components"]!["schemas"]!;
        Assert.All(OperationsOf("openapi.json"), one => Assert.NotEqual(true, IsClosed(one.Operation["responses"]!, schemas)));
        Assert.All(
            OperationsOf("openapi.json").Select(one => one.Operation["requestBody"]).OfType<JsonNode>(),
            body => Assert.NotEqual(false, IsClosed(new JsonObject { ["body"] = body.DeepClone() }, schemas))
        );
    }

    [Fact]
    public async Task Documents_ByRedocly_HaveNoFault() =>
        await RunAsync([Redocly, "lint", "--max-problems", "20", .. ApiDescription.All.Select(api => PathOf(api.File))]);

    [Fact]
    public async Task Documents_AsTypeScript_HaveTypesOfAllCalls()
    {
        var types = await RunAsync([TypeScript, PathOf("openapi.json")]);
        Assert.All(ApiDescription.All[0].Routes, one => Assert.Contains($"{one.Route.Name}: {{", types, StringComparison.Ordinal));
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> OperationsOf(string file) =>
        from path in JsonNode.Parse(File.ReadAllText(PathOf(file)))!["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value);

    // Null for what is no JSON of a record.
    private static bool? IsClosed(JsonNode bodies, JsonNode schemas) =>
        bodies
            .AsObject()
            .Select(body => body.Value!["content"]!["application/json"]?["schema"]?["$ref"]?.ToString())
            .OfType<string>()
            .Select(name => (bool?)(schemas[name.Split('/')[^1]]!["additionalProperties"]?.GetValue<bool>() == false))
            .FirstOrDefault();

    // The package is fetched once; where it cannot be, nothing is said of the documents.
    private static async Task<string> RunAsync(string[] arguments)
    {
        Assert.SkipWhen(!await IsThereAsync(arguments[0]), $"npx cannot run {arguments[0]} here.");
        var (code, output) = await NpxAsync(arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private static async Task<bool> IsThereAsync(string package)
    {
        try
        {
            return (await NpxAsync([package, "--version"])).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> NpxAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("npx", ["--yes", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["npm_config_fetch_retries"] = "0";
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
