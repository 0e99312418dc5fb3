namespace FairShare.Client.Transfers;

/// <summary>A document cannot be stored where it should be.</summary>
/// <param name="code"><c>file-in-the-way</c>, <c>folder-not-usable</c>, <c>name-too-long</c>, <c>no-room</c> or
/// <c>download-in-the-way</c>.</param>
/// <param name="folder">The folder.</param>
/// <param name="message">One sentence for people, with the path.</param>
public sealed class PlaceProblem(string code, string folder, string message) : IOException(message)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
