using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Client.Files;
using FairShare.Client.Parties;
using FairShare.Client.Trust;

namespace FairShare.Client.Profiles;

/// <summary>Who this profile is, and with which service.</summary>
/// <param name="Service">The API's URL.</param>
/// <param name="Email">The address that signed up.</param>
/// <param name="Party">The party's id, once known.</param>
/// <param name="SigningKey">The key that new evidence is signed with, once there is one.</param>
/// <param name="SigningKeyKind"><c>self</c> or <c>kms</c>.</param>
public sealed record ProfileSettings(
    string Service,
    string Email,
    string? Party = null,
    string? SigningKey = null,
    string? SigningKeyKind = null
);

/// <summary>
/// The folder of one person's profile: settings, session, keys, uploads under way, and evidence. Readable by its owner only.
/// </summary>
/// <param name="folder">The folder; made when first written to.</param>
public sealed class Profile(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Encrypted private keys.</summary>
    public string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>State of uploads that were cut short.</summary>
    public string UploadsFolder => Path.Combine(Folder, "uploads");

    /// <summary>Evidence of one's own deposits, one folder per document.</summary>
    public string DocumentsFolder => Path.Combine(Folder, "documents");

    /// <summary>Evidence of exchanges, one folder per exchange.</summary>
    public string ExchangesFolder => Path.Combine(Folder, "exchanges");

    /// <summary>The stores whose keys were pinned at the login.</summary>
    public TrustFile Trust => new(Path.Combine(Folder, "trust.json"));

    /// <summary>The settings; null before registration.</summary>
    public ProfileSettings? Settings
    {
        get => Read("profile.json", ProfileJson.Default.ProfileSettings);
        set => Write("profile.json", value, ProfileJson.Default.ProfileSettings);
    }

    /// <summary>The session; null when not logged in.</summary>
    public LoginSession? Session
    {
        get => Read("session.json", ProfileJson.Default.LoginSession);
        set => Write("session.json", value, ProfileJson.Default.LoginSession);
    }

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var path = Path.Combine(Folder, name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} is damaged; move it away and log in again.");
        }
    }

    private void Write<T>(string name, T? value, JsonTypeInfo<T> type)
        where T : class
    {
        var path = Path.Combine(Folder, name);
        if (value is null)
        {
            File.Delete(path);
        }
        else
        {
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(value, type));
        }
    }
}

/// <summary>The JSON of a profile's own files.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict
)]
[JsonSerializable(typeof(ProfileSettings))]
[JsonSerializable(typeof(LoginSession))]
internal sealed partial class ProfileJson : JsonSerializerContext;
