#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=true
// Changes the libraries of the protocol in hundreds of small ways, one at a time, and sees whether their tests notice (Stryker.NET).
// Every mutant in Keys and Jose of FairShare.Core, and in Evidence and States of FairShare.Exchange, must be killed, or stand in
// eng/mutation/equivalent.json with the reason why nothing can tell it from the original. Mutants of mere texts are left out. Takes
// three minutes or more on two cores.
// Usage: dotnet run eng/mutation.cs
using System.Diagnostics;
using System.Text.Json.Nodes;

var root = FindRoot(Directory.GetCurrentDirectory());
var output = Path.Combine(root, "artifacts", "mutation");
if (Directory.Exists(output))
{
    Directory.Delete(output, recursive: true);
}

if (
    Run("dotnet", ["tool", "restore"], root) != 0
    || !Mutate("FairShare.Core", "Keys", "Jose")
    || !Mutate("FairShare.Exchange", "Evidence", "States")
)
{
    Console.WriteLine("The mutation run did not come to an end.");
    return 1;
}

var equivalent = JsonNode
    .Parse(File.ReadAllText(Path.Combine(root, "eng", "mutation", "equivalent.json")))!
    .AsArray()
    .ToDictionary(entry => (Text(entry!, "file"), Text(entry!, "line"), Text(entry!, "replacement")), entry => Text(entry!, "reason"));
var reports = Directory.GetFiles(output, "mutation-report.json", SearchOption.AllDirectories);
var (killed, explained, unexplained) = (0, 0, 0);
foreach (var (path, file) in reports.SelectMany(report => JsonNode.Parse(File.ReadAllText(report))!["files"]!.AsObject()))
{
    var lines = Text(file!, "source").Split('\n');
    foreach (var mutant in file!["mutants"]!.AsArray())
    {
        var number = mutant!["location"]!["start"]!["line"]!.GetValue<int>();
        var line = lines[number - 1].Trim();
        switch (Text(mutant, "status"))
        {
            case "Killed" or "Timeout":
                killed++;
                break;
            case "Survived" or "NoCoverage" when equivalent.Remove((Shorten(path), line, Text(mutant, "replacement"))):
                explained++;
                break;
            case "Survived" or "NoCoverage":
                unexplained++;
                Console.WriteLine(
                    $"lives: {Shorten(path)}:{number}: {line}\n    {Text(mutant, "mutatorName")}: {Text(mutant, "replacement")}"
                );
                break;
        }
    }
}

foreach (var (key, reason) in equivalent)
{
    Console.WriteLine($"Listed as equivalent and not found alive: {key}: {reason}");
}

Console.WriteLine($"{killed + explained + unexplained} mutants: {killed} killed, {explained} equivalent, {unexplained} unexplained");
return unexplained == 0 && equivalent.Count == 0 && killed > 0 ? 0 : 1;

static string Text(JsonNode node, string member) => node[member]?.GetValue<string>() ?? "";

static string Shorten(string path) => path[(path.IndexOf("/lib/", StringComparison.Ordinal) + "/lib/".Length)..];

// The tests of both projects judge both libraries: evidence is made of the tokens of the core.
bool Mutate(string project, params string[] folders)
{
    string[] tests = ["Core", "Exchange"];
    string[] arguments =
    [
        "stryker",
        "-f",
        Path.Combine(root, "eng", "mutation", "stryker-config.json"),
        "-O",
        Path.Combine(output, project),
        "-p",
        $"{project}.csproj",
        .. folders.SelectMany(folder => (string[])["-m", $"{folder}/**/*.cs"]),
        .. tests.SelectMany(name => (string[])["-tp", Path.Combine(root, "test", $"{name}.Tests", $"FairShare.{name}.Tests.csproj")]),
    ];
    return Run("dotnet", arguments, Path.Combine(root, "lib", project)) == 0;
}

static string FindRoot(string directory) =>
    File.Exists(Path.Combine(directory, "FairShare.Serverless.sln"))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Run this inside the project's folder."));

static int Run(string program, string[] arguments, string directory)
{
    using var process =
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory })
        ?? throw new InvalidOperationException($"{program} did not start.");
    process.WaitForExit();
    return process.ExitCode;
}
