using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Client.Files;
using FairShare.Contracts;
using FairShare.Core.Errors;

namespace FairShare.Client.Trust;

/// <summary>Whose keys are believed, in a file: the profile's own <c>trust.json</c>, or one that somebody hands over.</summary>
/// <param name="path">The file; made when first written to.</param>
/// <param name="ifDamaged">What to do where it is damaged, if it is a profile's own; null for one that somebody hands over.</param>
public sealed class TrustFile(string path, string? ifDamaged = null)
{
    private const string Form = """{"stores": [{"store", "keys", "service", "pinnedAt"}]}""";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The stores that it names; none when there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is not a trust file.</exception>
    public IReadOnlyList<TrustedStore> Stores => File.Exists(Path) ? Read() : [];

    /// <summary>The stores that a file names which somebody handed over, as anchors.</summary>
    /// <exception cref="InvalidDataException">The file is not a trust file.</exception>
    public IReadOnlyList<StoreAnchor> ReadAnchors() =>
        [.. Stores.Select(entry => Check(() => entry.ToAnchor($"named by the trust file {Path}")))];

    /// <summary>The stores that the profile pinned, as anchors.</summary>
    /// <exception cref="InvalidDataException">The file is not a trust file.</exception>
    public IReadOnlyList<StoreAnchor> ReadPins() => [.. Stores.Select(entry => Check(entry.ToPinnedAnchor))];

    /// <summary>The stores of demonstrations, as anchors; the service of each is the folder that its evidence was written to.</summary>
    /// <exception cref="InvalidDataException">The file is not a trust file.</exception>
    public IReadOnlyList<StoreAnchor> ReadDemonstrations() => [.. Stores.Select(entry => Check(entry.ToDemonstratedAnchor))];

    /// <summary>Puts an entry in the place of the one of the same service, or adds it.</summary>
    public void Write(TrustedStore entry)
    {
        var list = new TrustList([.. Stores.Where(known => known.Service != entry.Service), entry]);
        PrivateFile.Write(Path, JsonText.Indented(JsonSerializer.SerializeToElement(list, TrustJson.Lenient.TypeOf<TrustList>())));
    }

    private IReadOnlyList<TrustedStore> Read()
    {
        try
        {
            var list = JsonSerializer.Deserialize(JsonFile.Read(Path), TrustJson.Lenient.TypeOf<TrustList>());
            return list?.Stores is { } stores && !stores.Contains(null!) ? stores : throw Damaged($"a null stands where {Form} should.");
        }
        catch (JsonException fault)
        {
            throw Damaged($"it is not JSON of the form {Form}; see line {fault.LineNumber + 1}, at {fault.Path ?? "$"}.");
        }
    }

    private StoreAnchor Check(Func<StoreAnchor> read)
    {
        try
        {
            var anchor = read();
            return anchor is { Store.IsStore: true, Keys.Count: > 0 }
                ? anchor
                : throw Damaged($"{anchor.Store} is no store, or no key of it is named.");
        }
        catch (ProtocolException fault)
        {
            throw Damaged(fault.Value is { } value ? $"{value}: {fault.Message}" : fault.Message);
        }
    }

    private Exception Damaged(string why) =>
        ifDamaged is null
            ? new InvalidDataException($"{Path} is not a trust file: {why}")
            : new DamagedFileProblem(Path, ifDamaged, $": {why}");
}

/// <summary>The JSON of a trust file.</summary>
[JsonSerializable(typeof(TrustList))]
internal sealed partial class TrustJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new TrustJson());
}
