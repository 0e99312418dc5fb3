namespace TemplateHost.Tests;

/// <summary>Files of the source tree.</summary>
internal static class Repository
{
    public static string PathOf(string relative)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "global.json")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests lie outside the source tree.");
        }

        return Path.Combine(directory.FullName, relative);
    }
}
