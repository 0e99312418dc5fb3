#:property PublishAot=false
// Builds, once, and runs the test projects under test/ and emulator/; the last line says how many tests passed, failed and were skipped.
// Usage: dotnet run eng/test.cs [-- NAME ...]
//   A NAME that is part of a project's name chooses projects; any other is the name of a test class, and chooses its tests alone:
//   dotnet run eng/test.cs -- Scenarios
//   dotnet run eng/test.cs -- Scenarios AcceptedMeansProvenTests
//   dotnet run eng/test.cs -- AcceptedMeansProvenTests
// What tests and hosts print is shown for a project that fails, and for none that passes; what failed is told again at the end, in short.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const string Solution = "FairShare.Serverless.sln";
const int ShownErrorLines = 100;
const int ShownColumns = 500;
const int ShownFailureLines = 12;
const int ShownSlowTests = 10;
const int ProjectsAtATime = 3;
var root = FindRoot(Directory.GetCurrentDirectory());
var all = FindProjects(root);
if (Choose(all, args) is not { } choice)
{
    return 1;
}

var temporary = Directory.CreateTempSubdirectory("fairshare-tests-").FullName;
try
{
    if (!Build(root, temporary, choice.Projects.Count == all.Count ? [] : choice.Projects))
    {
        Console.WriteLine("The build failed; no test was run.");
        return 1;
    }

    if (choice.Projects.Count == all.Count && choice.Classes.Count == 0)
    {
        CompileAhead(root, choice.Projects);
    }

    return Report(RunProjects(root, temporary, choice));
}
finally
{
    Directory.Delete(temporary, recursive: true);
}

static string FindRoot(string directory) =>
    File.Exists(Path.Combine(directory, Solution))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Run this inside the project's folder."));

static List<string> FindProjects(string root) =>
    [
        .. new[] { "test", "emulator" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.Tests.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal),
    ];

// Null, and a line that says why, when a name fits nothing.
static Choice? Choose(List<string> all, string[] names)
{
    var classes = names.Where(name => !all.Any(path => IsCalled(path, name))).ToList();
    var projects = names.Length == classes.Count ? all : [.. all.Where(path => names.Any(name => IsCalled(path, name)))];
    if (classes.Find(name => !projects.Any(path => HasClass(path, name))) is { } unknown)
    {
        Console.WriteLine($"No test project is called {unknown}, nor a class of the projects that were chosen.");
        return null;
    }

    return new Choice(classes.Count == 0 ? projects : [.. projects.Where(path => classes.Any(name => HasClass(path, name)))], classes);
}

static bool IsCalled(string project, string name) =>
    Path.GetFileNameWithoutExtension(project).Contains(name, StringComparison.OrdinalIgnoreCase);

static bool HasClass(string project, string name) =>
    Directory
        .EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories)
        .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"\bclass {Regex.Escape(name)}\b"));

// With projects, those alone, by a filter of the solution.
static bool Build(string root, string temporary, List<string> projects)
{
    var target = projects.Count == 0 ? Solution : WriteFilter(root, temporary, projects);
    var built = Run("dotnet", ["build", target, "--nologo", "-v", "q"], root);
    var shown = built.Output.Where(line => built.ExitCode != 0 || line.Contains("warning", StringComparison.Ordinal));
    shown.ToList().ForEach(Console.WriteLine);
    return built.ExitCode == 0;
}

// Only where everything runs, and only for those that start the command again and again: it takes as long as a hundred calls save.
static void CompileAhead(string root, List<string> projects)
{
    string[] starting = ["FairShare.Client.Tests", "FairShare.Web.Tests"];
    var folders = projects
        .Where(project => starting.Contains(Path.GetFileNameWithoutExtension(project)))
        .Select(project => Path.GetDirectoryName(FindAssembly(project))!);
    var compiled = Run("dotnet", ["run", Path.Combine("eng", "ahead", "ahead.cs"), "--", .. folders], root);
    compiled.Output.ForEach(Console.WriteLine);
    if (compiled.ExitCode != 0)
    {
        compiled.Error.TakeLast(ShownErrorLines).ToList().ForEach(Console.WriteLine);
    }
}

static string WriteFilter(string root, string temporary, List<string> projects)
{
    var names = projects.Select(path => (JsonNode)Path.GetRelativePath(root, path).Replace('/', '\\'));
    var solution = new JsonObject { ["path"] = Path.Combine(root, Solution), ["projects"] = new JsonArray([.. names]) };
    var filter = Path.Combine(temporary, "tests.slnf");
    File.WriteAllText(filter, new JsonObject { ["solution"] = solution }.ToJsonString());
    return filter;
}

// Three at a time, since much of what tests do is waiting; the slowest first, so that none is left to run alone for long.
static List<Result> RunProjects(string root, string temporary, Choice choice) =>
    [
        .. Partitioner
            .Create(choice.Projects.OrderBy(PlaceOf), EnumerablePartitionerOptions.NoBuffering)
            .AsParallel()
            .WithDegreeOfParallelism(ProjectsAtATime)
            .Select(project => RunProject(root, temporary, project, choice.Classes)),
    ];

static int PlaceOf(string project)
{
    string[] slowest =
    [
        "FairShare.Client.Tests",
        "FairShare.Scenarios.Tests",
        "TemplateHost.Tests",
        "FairShare.Web.Tests",
        "FairShare.StateMachines.Tests",
    ];
    var place = Array.IndexOf(slowest, Path.GetFileNameWithoutExtension(project));
    return place < 0 ? slowest.Length : place;
}

static Result RunProject(string root, string temporary, string project, List<string> classes)
{
    var name = Path.GetFileNameWithoutExtension(project);
    var report = Path.Combine(temporary, $"{name}.xml");
    var filters = classes.SelectMany(@class => new[] { "-class", $"*.{@class}" });
    // Tests start hundreds of processes that live a second or two, on as many cores as there are projects at work. To compile again what
    // was called thirty times does not pay there (hexadecimal: 512 calls), nor does a pool's thread that spins while it has nothing to do,
    // nor does mapping each page of compiled code twice, to be written and to be executed.
    var run = Run(
        "dotnet",
        [FindAssembly(project), "-noLogo", "-noColor", "-xml", report, .. filters],
        root,
        ("DOTNET_TC_CallCountThreshold", "200"),
        ("DOTNET_EnableWriteXorExecute", "0"),
        ("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")
    );
    var result = Read(report, run.ExitCode);
    List<string> lines = [$"{name}: {result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped"];
    lines.AddRange(result.Reasons.Select(reason => $"  {reason}"));
    if (result.Failed > 0)
    {
        lines.AddRange(run.Output);
        lines.Add($"Standard error of {name}, {run.Error.Count} lines, the last of them:");
        lines.AddRange(run.Error.TakeLast(ShownErrorLines).Select(Cut));
    }

    // In one piece, so that the reports of two projects do not mix.
    Console.WriteLine(string.Join(Environment.NewLine, lines));
    return result;
}

// What was built last; an older build may have left a folder of another configuration.
static string FindAssembly(string project) =>
    Directory
        .GetFiles(
            Path.Combine(Path.GetDirectoryName(project)!, "bin", "Debug"),
            $"{Path.GetFileNameWithoutExtension(project)}.dll",
            SearchOption.AllDirectories
        )
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .First();

// A run that ends without a report, or badly in spite of it, has failed.
static Result Read(string report, int exitCode)
{
    if (!File.Exists(report))
    {
        var ending = $"ended with exit code {exitCode} and no report";
        return new Result(0, 1, 0, 0, [ending], [], [$"{Path.GetFileNameWithoutExtension(report)} {ending}"]);
    }

    var document = XDocument.Load(report);
    var tests = document.Descendants("test").ToList();
    var failures = tests.Count(test => Outcome(test) == "Fail") + document.Descendants("error").Count();
    return new Result(
        tests.Count(test => Outcome(test) == "Pass"),
        failures > 0 || exitCode == 0 ? failures : 1,
        tests.Count(test => Outcome(test) is "Skip" or "NotRun"),
        document.Descendants("attachment").Count(attachment => attachment.Attribute("name")?.Value == "moto differs"),
        [.. tests.Where(test => Outcome(test) == "Skip").CountBy(ReasonOf).Select(reason => $"{reason.Value} skipped: {reason.Key}")],
        [.. tests.Select(test => new Timed(NameOf(test), SecondsOf(test)))],
        [.. document.Descendants("failure").Select(DescribeFailure)]
    );
}

// The element around a failure is a test, or an error outside of one (a class that could not be cleaned up).
static string DescribeFailure(XElement failure)
{
    var text = $"{failure.Element("message")?.Value}\n{failure.Element("stack-trace")?.Value}".Split('\n').Take(ShownFailureLines);
    return string.Join("\n    ", [NameOf(failure.Parent!), .. text.Select(line => Cut(line.TrimEnd()))]);
}

static string Cut(string line) => line.Length <= ShownColumns ? line : $"{line[..ShownColumns]}…";

static string NameOf(XElement element) => element.Attribute("name")?.Value ?? "";

static string ReasonOf(XElement test) => test.Element("reason")?.Value.Trim() ?? "";

static string Outcome(XElement test) => test.Attribute("result")?.Value ?? "";

static double SecondsOf(XElement test) => double.Parse(test.Attribute("time")?.Value ?? "0", CultureInfo.InvariantCulture);

static int Report(List<Result> results)
{
    var (passed, failed, skipped) = (
        results.Sum(result => result.Passed),
        results.Sum(result => result.Failed),
        results.Sum(r => r.Skipped)
    );
    Console.WriteLine("The slowest tests:");
    foreach (var test in results.SelectMany(result => result.Times).OrderByDescending(test => test.Seconds).Take(ShownSlowTests))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{test.Seconds, 8:0.00} s  {test.Name}"));
    }

    if (results.Sum(result => result.Differing) is > 0 and var differing)
    {
        Console.WriteLine($"{differing} differences of moto, as emulator/docs/contracts.md lists them");
    }

    results.SelectMany(result => result.Failures).ToList().ForEach(failure => Console.WriteLine($"Failed: {failure}"));
    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    return failed == 0 && passed > 0 ? 0 : 1;
}

static Ended Run(string program, string[] arguments, string directory, params (string Name, string Value)[] environment)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = directory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    var error = new List<string>();
    // The end of the stream comes as a line without data.
    process.ErrorDataReceived += (_, line) => error.AddRange(line.Data is { } text ? [text] : []);
    process.BeginErrorReadLine();
    var output = new List<string>();
    while (process.StandardOutput.ReadLine() is { } line)
    {
        output.Add(line);
    }

    process.WaitForExit();
    return new Ended(process.ExitCode, output, error);
}

internal sealed record Choice(List<string> Projects, List<string> Classes);

internal sealed record Timed(string Name, double Seconds);

internal sealed record Result(
    int Passed,
    int Failed,
    int Skipped,
    int Differing,
    List<string> Reasons,
    List<Timed> Times,
    List<string> Failures
);

internal sealed record Ended(int ExitCode, List<string> Output, List<string> Error);
