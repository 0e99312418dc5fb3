using System.Text;

namespace FairShare.Functions.Hosting;

/// <summary>The standard output of the process, past the writer that Lambda's runtime puts in its place.</summary>
internal static class StandardOutput
{
    /// <summary>Opens it.</summary>
    /// <returns>Writes a line, whole, whoever writes at the same time.</returns>
    public static Action<string> Open()
    {
        var stream = Stream.Synchronized(Console.OpenStandardOutput());
        return line =>
        {
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
            stream.Flush();
        };
    }
}
