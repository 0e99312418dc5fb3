using System.Collections;

namespace FairShare.Functions.Hosting;

/// <summary>The one reader of this program's environment.</summary>
internal static class ProcessEnvironment
{
    public static IReadOnlyDictionary<string, string> Read()
    {
#pragma warning disable RS0030 // This is the one place that may.
        var variables = Environment.GetEnvironmentVariables();
#pragma warning restore RS0030
        return variables
            .Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
    }
}
