namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Finds programs that a machine may have.</summary>
internal static class ProgramFinder
{
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
}
