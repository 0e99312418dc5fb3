using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Client.Files;
using FairShare.Client.Parties;
using FairShare.Client.Trust;
using FairShare.Contracts;
using FairShare.Core.Identifiers;

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
    private const string SettingsName = "profile.json";

    // Tokens, their stamps and keys of an exchange take less than half of it.
    private const int EvidenceRoom = 256 << 10;

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Encrypted private keys.</summary>
    public string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>State of uploads that were cut short.</summary>
    public string UploadsFolder => Path.Combine(Folder, "uploads");

    /// <summary>Copies of what can be read only once, while it is deposited.</summary>
    public string SpoolFolder => Path.Combine(Folder, "spool");

    /// <summary>Evidence of one's own deposits, one folder per document.</summary>
    public string DocumentsFolder => Path.Combine(Folder, "documents");

    /// <summary>Evidence of exchanges, one folder per exchange.</summary>
    public string ExchangesFolder => Path.Combine(Folder, "exchanges");

    /// <summary>Public keys of parties.</summary>
    public string PartiesFolder => Path.Combine(Folder, "parties");

    /// <summary>The stores whose keys were pinned at the login.</summary>
    public TrustFile Trust =>
        new(
            Path.Combine(Folder, "trust.json"),
            "Put it back from a copy. Or move it away, run fairshare login, and compare the store's key that it shows with what the "
                + "operator publishes."
        );

    /// <summary>The stores of demonstrations that kept their evidence: believed about that evidence, and by no login.</summary>
    public TrustFile Demonstrations => new(Path.Combine(Folder, "demonstrations.json"), "Move it away: demonstrations are soon run again.");

    /// <summary>The contacts.</summary>
    public ContactBook Contacts => field ??= new ContactBook(Path.Combine(Folder, "contacts.json"));

    /// <summary>The file of the settings.</summary>
    public string SettingsFile => Path.Combine(Folder, SettingsName);

    /// <summary>The settings; null before registration.</summary>
    public ProfileSettings? Settings
    {
        get => Read(SettingsName, ProfileJson.Lenient.TypeOf<ProfileSettings>());
        set => Write(SettingsName, value, ProfileJson.Lenient.TypeOf<ProfileSettings>());
    }

    /// <summary>The session; null when not logged in.</summary>
    public LoginSession? Session
    {
        get => Read("session.json", ProfileJson.Lenient.TypeOf<LoginSession>());
        set => Write("session.json", value, ProfileJson.Lenient.TypeOf<LoginSession>());
    }

    /// <summary>Waits until no other process changes the session; until disposed, none does.</summary>
    public Task<IDisposable> LockSessionAsync(TimeProvider time, CancellationToken cancellationToken) =>
        LockAsync("session.lock", time, cancellationToken);

    /// <summary>Waits until no other process signs a receipt; until disposed, none does.</summary>
    public Task<IDisposable> LockReceiptsAsync(TimeProvider time, CancellationToken cancellationToken) =>
        LockAsync("receipts.lock", time, cancellationToken);

    /// <summary>The names of partial files; their secret is made the first time.</summary>
    /// <exception cref="ProfileProblem">It cannot be kept.</exception>
    public async Task<PartialNames> PartialNamesAsync(IRandomness randomness, TimeProvider time, CancellationToken cancellationToken)
    {
        using var held = await LockSessionAsync(time, cancellationToken).ConfigureAwait(false);
        return Attempt(Folder, () => PartialNames.Load(Path.Combine(Folder, "downloads.key"), randomness));
    }

    private async Task<IDisposable> LockAsync(string name, TimeProvider time, CancellationToken cancellationToken)
    {
        Attempt(Folder, () => PrivateFile.CreateFolder(Folder));
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        while (true)
        {
            if (Attempt(Folder, () => TryOpen(Path.Combine(Folder, name), options)) is { } held)
            {
                return held;
            }

            await Task.Delay(LockInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null while another process has it.
    private static FileStream? TryOpen(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException fault) when (HeldByAnother.Contains(fault.HResult))
        {
            return null;
        }
    }

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var path = Path.Combine(Folder, name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(JsonFile.Read(path), type) : null;
        }
        catch (JsonException)
        {
            throw new DamagedFileProblem(
                path,
                name == SettingsName
                    ? "Put it back from a copy. Or move it away and run fairshare login --email EMAIL --service URL, which takes up the "
                        + "signing key that is here."
                    : "Move it away, and run fairshare login."
            );
        }
    }

    /// <summary>Requires that the folder is there or can be made, and can be written: before something that cannot be undone.</summary>
    /// <exception cref="ProfileProblem">It cannot.</exception>
    public void RequireWritable() => RequireRoom(Folder, 0);

    /// <summary>Requires that the evidence of one more exchange can be kept, and keys of parties: before it is opened.</summary>
    /// <exception cref="ProfileProblem">It cannot.</exception>
    public void RequireRoomForEvidence()
    {
        RequireRoom(ExchangesFolder, EvidenceRoom);
        RequireRoom(PartiesFolder, 0);
    }

    // Written and not asked for: quotas, and file systems that do not tell, count too.
    private static void RequireRoom(string folder, int bytes) =>
        Attempt(
            folder,
            () =>
            {
                var probe = Path.Combine(folder, $".writable-{Path.GetRandomFileName()}");
                PrivateFile.Write(probe, new byte[bytes]);
                File.Delete(probe);
            }
        );

    private static void Attempt(string folder, Action write) =>
        Attempt(
            folder,
            () =>
            {
                write();
                return true;
            }
        );

    private static T Attempt<T>(string folder, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ProfileProblem(folder, fault);
        }
    }

    private void Write(string path, byte[] content) => Attempt(Folder, () => PrivateFile.Write(path, content));

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
            Write(path, JsonSerializer.SerializeToUtf8Bytes(value, type));
        }
    }
}

/// <summary>A profile cannot be written.</summary>
/// <param name="folder">Its folder.</param>
/// <param name="inner">What the file system said.</param>
public sealed class ProfileProblem(string folder, Exception inner)
    : Exception($"The profile {folder} cannot be written: {inner?.Message}", inner)
{
    /// <summary>Its folder.</summary>
    public string Folder { get; } = folder;
}

/// <summary>The JSON of a profile's own files.</summary>
[JsonSerializable(typeof(ProfileSettings))]
[JsonSerializable(typeof(LoginSession))]
[JsonSerializable(typeof(ContactList))]
internal sealed partial class ProfileJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new ProfileJson());
}
