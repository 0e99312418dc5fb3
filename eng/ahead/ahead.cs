#:property PublishAot=false
// Compiles ahead of time what the command consists of, so that the thousand processes that tests start need not each do it again. What
// one process runs, as the tests themselves, costs more to compile as a whole than it saves.
// Usage: dotnet run eng/ahead/ahead.cs -- FOLDER ...
//   The assemblies in the folders are replaced by themselves with machine code (ReadyToRun). A build puts back what it has changed.
// What was compiled is kept in artifacts/ahead by the runtime's version and the assembly's own id, which follows from its content.
// Where the SDK's compiler cannot be restored, everything stays as it is: it runs the same, only slower.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

string[] taken =
[
    "AWSSDK.*",
    "Amazon.Lambda.*",
    "FairShare.*",
    "JsonSchema.Net",
    "Microsoft.Data.Sqlite",
    "SQLitePCLRaw.*",
    "Spectre.Console",
    "System.CommandLine",
    "TemplateHost*",
    "Yarp.ReverseProxy",
    "bootstrap",
    "fairshare",
];
if (Compiler.Find() is not { } compiler)
{
    Console.WriteLine("Nothing is compiled ahead of time: the SDK's compiler for it could not be restored.");
    return 0;
}

var assemblies = args.SelectMany(folder => taken.SelectMany(name => Directory.GetFiles(folder, $"{name}.dll")))
    .Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal))
    .Select(Identify);
var byId = assemblies.OfType<(string Path, Guid Id)>().GroupBy(assembly => assembly.Id, assembly => assembly.Path).ToList();
var failed = new ConcurrentBag<string>();
Parallel.ForEach(
    byId,
    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
    same =>
    {
        if (compiler.Compile(same.First(), same.Key) is { } compiled)
        {
            same.ToList().ForEach(path => Compiler.Put(compiled, path));
        }
        else
        {
            failed.Add(Path.GetFileName(same.First()));
        }
    }
);
failed.ToList().ForEach(name => Console.WriteLine($"{name} is not compiled ahead of time."));
return 0;

// Null for what has machine code already, and for what is no assembly.
static (string Path, Guid Id)? Identify(string path)
{
    using var reader = new PEReader(File.OpenRead(path));
    if (!reader.HasMetadata || reader.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size is not 0)
    {
        return null;
    }

    var metadata = reader.GetMetadataReader();
    return (path, metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
}

internal sealed record Compiler(string Program, string[] References, string Kept)
{
    /// <summary>The compiler of the SDK that runs this, for this machine; null where a feed does not have it.</summary>
    public static Compiler? Find()
    {
        var project = Path.Combine("eng", "ahead", "Crossgen.csproj");
        if (Run("dotnet", "restore", project).ExitCode != 0)
        {
            return null;
        }

        string[] asked = ["NuGetPackageRoot", "BundledNETCoreAppPackageVersion", "RuntimeIdentifier"];
        var (exitCode, output) = Run("dotnet", ["msbuild", project, .. asked.Select(name => $"-getProperty:{name}")]);
        if (exitCode != 0 || JsonNode.Parse(output)?["Properties"] is not { } found)
        {
            return null;
        }

        var (version, runtime) = ($"{found["BundledNETCoreAppPackageVersion"]}", $"{found["RuntimeIdentifier"]}");
        var package = Path.Combine($"{found["NuGetPackageRoot"]}", $"microsoft.netcore.app.crossgen2.{runtime}", version);
        var program = Path.Combine(package, "tools", OperatingSystem.IsWindows() ? "crossgen2.exe" : "crossgen2");
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))!;
        string[] references =
        [
            Path.Combine(shared, Environment.Version.ToString(), "*.dll"),
            Path.Combine(shared, "..", "Microsoft.AspNetCore.App", Environment.Version.ToString(), "*.dll"),
        ];
        return File.Exists(program)
            ? new Compiler(program, references, Directory.CreateDirectory(Path.Combine("artifacts", "ahead", version)).FullName)
            : null;
    }

    /// <summary>The file of an assembly with its machine code; null where the compiler refuses it.</summary>
    public string? Compile(string assembly, Guid id)
    {
        var compiled = Path.Combine(Kept, $"{Path.GetFileNameWithoutExtension(assembly)}-{id}.dll");
        if (File.Exists(compiled))
        {
            return compiled;
        }

        var partial = $"{compiled}.{Environment.ProcessId}";
        string[] references = [.. References, Path.Combine(Path.GetDirectoryName(assembly)!, "*.dll")];
        string[] options = [assembly, "-o", partial, "-O", "--parallelism", "1", .. references.SelectMany(path => new[] { "-r", path })];
        var (exitCode, _) = Run(Program, options);
        if (exitCode != 0 || !File.Exists(partial))
        {
            File.Delete(partial);
            return null;
        }

        File.Move(partial, compiled, overwrite: true);
        return compiled;
    }

    /// <summary>Puts a file in the place of another, which a process may be running from, in one step.</summary>
    public static void Put(string file, string place)
    {
        var copy = $"{place}.ahead";
        File.Copy(file, copy, overwrite: true);
        File.Move(copy, place, overwrite: true);
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.Result;
        return (process.ExitCode, output);
    }
}
