using System.Text.Json;
using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Vault;
using FairShare.Client.Vault.Catalogue;
using FairShare.Client.Vault.Items;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;

namespace FairShare.Cli.Commands.Vault;

/// <summary>What commands of the vault work with: the profile's vault and the service.</summary>
internal sealed class VaultSession(CommandContext context) : IDisposable
{
    private readonly SystemRandomness randomness = new();
    private readonly HttpClient transfers = new() { Timeout = Timeout.InfiniteTimeSpan };
    private VaultKey? key;

    /// <summary>The profile's vault.</summary>
    public VaultFolder Folder => field ??= new VaultFolder(context.Profile, randomness);

    /// <summary>The vault's key, opened with the profile's passphrase; made where there is none.</summary>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.WrongPassphrase"/>.</exception>
    public VaultKey Key => key ??= Folder.Key.Exists ? Folder.Key.Open(context.Secrets.Passphrase(isNew: false)) : MakeKey();

    /// <summary>The catalogue.</summary>
    public ItemCatalogue Catalogue => field ??= Folder.OpenCatalogue(Key);

    /// <summary>The service without an account.</summary>
    public VaultClient Client(string service) => Client(context.Api(service));

    /// <summary>The service, as the party that is logged in.</summary>
    /// <exception cref="CommandException">Nobody is.</exception>
    public async Task<VaultClient> ConnectAsync(CancellationToken cancellationToken) =>
        Client((await context.ConnectAsync(cancellationToken)).Api);

    /// <summary>Fetches items.</summary>
    public VaultGetOperation Get(VaultClient client, long limit, Action<OpenedItem> opened) =>
        new(client, Folder, randomness) { Limit = limit, Opened = opened };

    /// <summary>Keeps what must not be lost of uploads to a service.</summary>
    public PutJournal Journal(string service) => new(Folder, Key, service, context.Time);

    /// <summary>Forgets an item: its record, and what was kept to go on with its upload.</summary>
    /// <returns>Whether there was a record.</returns>
    public bool Forget(VaultCode code)
    {
        Folder.ForgetUploads(Key, upload => upload.Secret.Bytes.SequenceEqual(code.Secret.Bytes));
        return Catalogue.Remove(VaultCookie.Write(code.Secret));
    }

    /// <summary>
    /// The address that links to a service's items have: its web page's, where it tells of one that links can name. A service that does not
    /// describe itself has none.
    /// </summary>
    public async Task<string> SiteOfAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var described = await context.Api(service).CallAsync(PartyRoutes.DescribeService, cancellationToken);
            return described.Page is { } page && SiteIn(page) is not null ? page : service;
        }
        catch (Exception silent) when (silent is FairShareProblem or JsonException)
        {
            return service;
        }
    }

    /// <summary>A link to an item of the catalogue; null where its service is none that links can name.</summary>
    public static VaultLink? LinkOf(CatalogueEntry entry) => LinkOf(entry.Site ?? entry.Service, entry.ParsedCode);

    /// <summary>A link to an item, where the service is one that links can name; null elsewhere.</summary>
    public static VaultLink? LinkOf(string service, VaultCode code) => SiteIn(service) is { } site ? new(site, code) : null;

    private static Uri? SiteIn(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var site) && (site.Scheme == Uri.UriSchemeHttps || site.IsLoopback) ? site : null;

    /// <summary>The service that is named, else the profile's.</summary>
    public static string ServiceOf(CommandContext context) => AccountCommands.ServiceOf(context);

    /// <summary>The service where the profile is registered; another one may not be named.</summary>
    public static string OwnServiceOf(CommandContext context)
    {
        var own = context.RequireSettings().Service;
        return context.Arguments.GetValue(AccountCommands.Service) is { } named && !IsSame(named, own)
            ? throw new CommandException(
                ExitCode.Usage,
                "other-service",
                $"This profile is registered at {own}, and not at {named}.",
                "Leave --service out, give another profile with --home, or store without an account with --anonymous."
            )
            : own;
    }

    private static bool IsSame(string one, string other) => one.TrimEnd('/').Equals(other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    public void Dispose()
    {
        key?.Dispose();
        transfers.Dispose();
    }

    private VaultClient Client(FairShareApi api) => new(api, transfers, context.Time, randomness) { Patience = context.CallTimeout };

    // One passphrase opens a profile: where there is a signing key, it is that key's.
    private VaultKey MakeKey()
    {
        if (context.Profile.Settings is not { SigningKey: { } signing, SigningKeyKind: "self" })
        {
            return Folder.Key.Create(context.Secrets.Passphrase(isNew: true), randomness);
        }

        var passphrase = context.Secrets.Passphrase(isNew: false);
        new KeyStore(context.Profile.KeysFolder).Open(KeyId.Parse(signing), passphrase).Dispose();
        return Folder.Key.Create(passphrase, randomness);
    }
}
