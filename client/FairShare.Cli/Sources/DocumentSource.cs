using FairShare.Core.Identifiers;

namespace FairShare.Cli.Sources;

/// <summary>What one argument of <c>put</c> came to: a file that can be read, and again from the start.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The document's name.</param>
/// <param name="Said">What was done that the user should know of; null for nothing.</param>
/// <param name="IsTemporary">Whether the file is a copy that goes when it is done with.</param>
internal sealed record DocumentSource(string Path, DocumentName Name, string? Said, bool IsTemporary) : IDisposable
{
    public void Dispose()
    {
        if (IsTemporary)
        {
            File.Delete(Path);
        }
    }
}
