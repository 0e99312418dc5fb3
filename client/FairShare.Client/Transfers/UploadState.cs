using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Client.Files;
using FairShare.Contracts;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;

namespace FairShare.Client.Transfers;

/// <summary>What is needed to go on with a multipart upload that was cut short.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its size when the upload began.</param>
/// <param name="ModifiedTicks">Its modification time then, UTC ticks.</param>
/// <param name="Name">The document's name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Audience">Who may ask for it.</param>
/// <param name="Digest">The composite digest, base64url.</param>
/// <param name="PartDigests">The digests of all parts, base64url.</param>
/// <param name="Grant">The service's answer to step 1.</param>
/// <param name="Disclose"><c>digest</c> when readers may know the digest beforehand, or null.</param>
public sealed record UploadState(
    string Path,
    long Size,
    long ModifiedTicks,
    string Name,
    string MediaType,
    IReadOnlyList<string> Audience,
    string Digest,
    IReadOnlyList<string> PartDigests,
    UploadGrant Grant,
    string? Disclose = null
)
{
    /// <summary>The object version, once the upload is complete and only the evidence is missing.</summary>
    public string? Version { get; init; }

    /// <summary>When the file was last changed in any way, UTC ticks; 0 where the system does not say.</summary>
    public long ChangedTicks { get; init; }

    /// <summary>Whether it is about that very upload, and the file looks unchanged.</summary>
    internal bool Fits(FileInfo file, long changedTicks, string name, string mediaType, IReadOnlyList<string> audience, string? disclose) =>
        file.FullName == Path
        && file.Length == Size
        && file.LastWriteTimeUtc.Ticks == ModifiedTicks
        && changedTicks == ChangedTicks
        && name == Name
        && mediaType == MediaType
        && audience.SequenceEqual(Audience)
        && disclose == Disclose;

    internal FileDigest ToFileDigest() =>
        new(
            DocumentDigest.OfParts(Sha256Digest.Parse(Digest), Grant.Upload.Multipart!.PartSize),
            Size,
            [.. PartDigests.Select(Sha256Digest.Parse)]
        );
}

/// <summary>The state files of uploads under way, one a file being uploaded.</summary>
/// <param name="folder">The folder; made when first written to.</param>
internal sealed class UploadStateStore(string folder)
{
    public UploadState? Find(FileInfo file)
    {
        var path = PathOf(file);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(JsonFile.Read(path), UploadJson.Lenient.TypeOf<UploadState>()) : null;
        }
        catch (JsonException)
        {
            // A state that cannot be read is none: the upload starts over.
            return null;
        }
    }

    public void Save(FileInfo file, UploadState state) =>
        PrivateFile.Write(PathOf(file), JsonSerializer.SerializeToUtf8Bytes(state, UploadJson.Lenient.TypeOf<UploadState>()));

    public void Delete(FileInfo file)
    {
        if (File.Exists(PathOf(file)))
        {
            File.Delete(PathOf(file));
        }
    }

    private string PathOf(FileInfo file) =>
        System.IO.Path.Combine(folder, $"{Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(file.FullName))}.json");
}

/// <summary>The JSON of an upload's state.</summary>
[JsonSerializable(typeof(UploadState))]
internal sealed partial class UploadJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new UploadJson());
}
