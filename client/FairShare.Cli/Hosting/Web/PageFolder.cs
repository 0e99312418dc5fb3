using System.Text.Json;

namespace FairShare.Cli.Hosting.Web;

/// <summary>The folder of the web page as <c>npm run page</c> makes it, with the headers of every answer in <c>headers.json</c>.</summary>
internal sealed class PageFolder
{
    private const string HeadersFile = "headers.json";

    private static readonly string[] Origins = ["{documents}", "{vault}", "{identity}"];

    private PageFolder(string path, IReadOnlyDictionary<string, string> headers) => (Path, Headers) = (path, headers);

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    /// <summary>
    /// The headers by their names; <c>{documents}</c>, <c>{vault}</c> and <c>{identity}</c> stand for origins that the deployment knows.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>
    /// Finds the page: in the folder that was given, or else in <c>page</c> beside the program, where the build puts it if it was made.
    /// </summary>
    /// <param name="given">The folder that was given; null for none.</param>
    /// <returns>The folder; null where none was given and there is none.</returns>
    /// <exception cref="InvalidDataException">The folder that was given has no page.</exception>
    public static PageFolder? Find(string? given)
    {
        var path = System.IO.Path.GetFullPath(given ?? System.IO.Path.Combine(AppContext.BaseDirectory, "page"));
        var headers = System.IO.Path.Combine(path, HeadersFile);
        if (!File.Exists(headers) || !File.Exists(System.IO.Path.Combine(path, "index.html")))
        {
            return given is null ? null : throw new InvalidDataException($"{path} has no page: index.html or {HeadersFile} is missing.");
        }

        try
        {
            return new PageFolder(path, JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(headers))!);
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{headers} is not a list of headers.");
        }
    }

    /// <summary>The headers with the origins in their places.</summary>
    /// <param name="aws">Where the object store and the user pool answer, which on AWS are origins of their own.</param>
    public IReadOnlyDictionary<string, string> HeadersFor(string aws) =>
        Headers.ToDictionary(
            header => header.Key,
            header => Origins.Aggregate(header.Value, (text, origin) => text.Replace(origin, aws, StringComparison.Ordinal))
        );
}
