#:property PublishAot=false
// Builds the solution and runs every test project; the last line says how many tests passed, failed and were skipped.
// Usage: dotnet run eng/test.cs [-- NAME ...]   with names, only the projects whose name contains one of them.
using System.Diagnostics;
using System.Text.RegularExpressions;

var root = FindRoot(Directory.GetCurrentDirectory());
var projects = Directory.GetFiles(Path.Combine(root, "test"), "*.Tests.csproj", SearchOption.AllDirectories)
    .Where(path => args.Length == 0 || args.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase)))
    .Order(StringComparer.Ordinal)
    .ToList();
if (Run("dotnet", ["build", args.Length == 0 ? "FairShare.Serverless.sln" : projects[0], "--nologo", "-v", "q"], root, Console.WriteLine) != 0)
{
    Console.WriteLine("The build failed; no test was run.");
    return 1;
}

foreach (var project in args.Length == 0 ? [] : projects.Skip(1))
{
    Run("dotnet", ["build", project, "--nologo", "-v", "q"], root, Console.WriteLine);
}

var (passed, failed, skipped) = (0, 0, 0);
foreach (var project in projects)
{
    var name = Path.GetFileNameWithoutExtension(project);
    var assembly = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(project)!, "bin", "Debug"), "*.dll", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path).EndsWith($"{name}.dll", StringComparison.Ordinal))
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .First();
    Console.WriteLine($"{name}:");
    Match? summary = null;
    var exit = Run("dotnet", [assembly, "-noLogo", "-noColor"], root, line =>
    {
        if (Regex.Match(line, @"Total: (\d+), Errors: (\d+), Failed: (\d+), Skipped: (\d+)") is { Success: true } match)
        {
            summary = match;
        }

        Console.WriteLine(line);
    });
    var counts = summary?.Groups.Values.Skip(1).Select(group => int.Parse(group.Value)).ToList();
    if (counts is not [var total, var errors, var failures, var skips])
    {
        Console.WriteLine($"{name} ended with exit code {exit} and no summary.");
        failed++;
        continue;
    }

    passed += total - failures - skips;
    failed += failures + errors + (exit != 0 && failures + errors == 0 ? 1 : 0);
    skipped += skips;
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 && passed > 0 ? 0 : 1;

static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "FairShare.Serverless.sln"))
    ? directory
    : FindRoot(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Run this inside the project's folder."));

static int Run(string program, string[] arguments, string directory, Action<string> onLine)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true })
        ?? throw new InvalidOperationException($"{program} did not start.");
    while (process.StandardOutput.ReadLine() is { } line)
    {
        onLine(line);
    }

    process.WaitForExit();
    return process.ExitCode;
}
