#:property PublishAot=false
// Builds, once, and runs every test project; the last line says how many tests passed, failed and were skipped.
// Usage: dotnet run eng/test.cs [-- NAME ...]   with names, only the projects whose name contains one of them.
// What tests and hosts print is shown for a project that fails, and for none that passes.
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;

const string Solution = "FairShare.Serverless.sln";
const int ShownErrorLines = 300;
var root = FindRoot(Directory.GetCurrentDirectory());
var projects = new[] { "test", "emulator" }
    .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.Tests.csproj", SearchOption.AllDirectories))
    .Where(path => args.Length == 0 || args.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase)))
    .Order(StringComparer.Ordinal)
    .ToList();
if (projects.Count == 0)
{
    Console.WriteLine($"No test project is called {string.Join(" or ", args)}.");
    return 1;
}

var temporary = Directory.CreateTempSubdirectory("fairshare-tests-").FullName;
if (!Build(root, temporary, args.Length == 0 ? [] : projects))
{
    Console.WriteLine("The build failed; no test was run.");
    return 1;
}

var (passed, failed, skipped, differing) = (0, 0, 0, 0);
foreach (var project in projects)
{
    var result = RunProject(root, temporary, project);
    (passed, failed) = (passed + result.Passed, failed + result.Failed);
    (skipped, differing) = (skipped + result.Skipped, differing + result.Differing);
}

Directory.Delete(temporary, recursive: true);
Console.WriteLine($"{differing} differences of moto, as emulator/docs/contracts.md lists them");
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 && passed > 0 ? 0 : 1;

static string FindRoot(string directory) =>
    File.Exists(Path.Combine(directory, Solution))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Run this inside the project's folder."));

// With projects, those alone, by a filter of the solution.
static bool Build(string root, string temporary, List<string> projects)
{
    var filter = Path.Combine(temporary, "tests.slnf");
    if (projects.Count > 0)
    {
        File.WriteAllText(
            filter,
            new JsonObject
            {
                ["solution"] = new JsonObject
                {
                    ["path"] = Path.Combine(root, Solution),
                    ["projects"] = new JsonArray([
                        .. projects.Select(path => (JsonNode)Path.GetRelativePath(root, path).Replace('/', '\\')),
                    ]),
                },
            }.ToJsonString()
        );
    }

    var built = Run("dotnet", ["build", projects.Count == 0 ? Solution : filter, "--nologo", "-v", "q"], root);
    var shown = built.Output.Where(line => built.ExitCode != 0 || line.Contains("warning", StringComparison.Ordinal));
    shown.ToList().ForEach(Console.WriteLine);
    return built.ExitCode == 0;
}

static Result RunProject(string root, string temporary, string project)
{
    var name = Path.GetFileNameWithoutExtension(project);
    var binaries = Path.Combine(Path.GetDirectoryName(project)!, "bin", "Debug");
    var assembly = Directory
        .GetFiles(binaries, $"*{name}.dll", SearchOption.AllDirectories)
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .First();
    Console.Write($"{name}: ");
    var report = Path.Combine(temporary, $"{name}.xml");
    var run = Run("dotnet", [assembly, "-noLogo", "-noColor", "-xml", report], root);
    var result = Read(report, run.ExitCode);
    Console.WriteLine($"{result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped");
    result.Reasons.ForEach(reason => Console.WriteLine($"  {reason}"));
    if (result.Failed > 0)
    {
        run.Output.ForEach(Console.WriteLine);
        Console.WriteLine($"Standard error of {name}, the last of {run.Error.Count} lines:");
        run.Error.TakeLast(ShownErrorLines).ToList().ForEach(Console.WriteLine);
    }

    return result;
}

// A run that ends without a report, or badly in spite of it, has failed.
static Result Read(string report, int exitCode)
{
    if (!File.Exists(report))
    {
        return new Result(0, 1, 0, 0, [$"ended with exit code {exitCode} and no report"]);
    }

    var document = XDocument.Load(report);
    var tests = document.Descendants("test").ToList();
    var failures = tests.Count(test => Outcome(test) == "Fail") + document.Descendants("error").Count();
    return new Result(
        tests.Count(test => Outcome(test) == "Pass"),
        failures > 0 || exitCode == 0 ? failures : 1,
        tests.Count(test => Outcome(test) is "Skip" or "NotRun"),
        document.Descendants("attachment").Count(attachment => attachment.Attribute("name")?.Value == "moto differs"),
        [.. tests.Where(test => Outcome(test) == "Skip").CountBy(ReasonOf).Select(reason => $"{reason.Value} skipped: {reason.Key}")]
    );
}

static string ReasonOf(XElement test) => test.Element("reason")?.Value.Trim() ?? "";

static string Outcome(XElement test) => test.Attribute("result")?.Value ?? "";

static Ended Run(string program, string[] arguments, string directory)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = directory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    var error = new List<string>();
    process.ErrorDataReceived += (_, line) => error.Add(line.Data ?? "");
    process.BeginErrorReadLine();
    var output = new List<string>();
    while (process.StandardOutput.ReadLine() is { } line)
    {
        output.Add(line);
    }

    process.WaitForExit();
    return new Ended(process.ExitCode, output, error);
}

internal sealed record Result(int Passed, int Failed, int Skipped, int Differing, List<string> Reasons);

internal sealed record Ended(int ExitCode, List<string> Output, List<string> Error);
