using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Client.Vault.Catalogue;
using FairShare.Client.Vault.Items;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;

namespace FairShare.Client.Vault.Gateway;

/// <summary>Where a gateway's files are: in the vault, under cookie and password, encrypted before they leave this machine.</summary>
/// <param name="client">The service, as the party whose items they are.</param>
/// <param name="folder">Keeps tickets.</param>
/// <param name="journal">Keeps the catalogue, the seed's global database.</param>
/// <param name="terms">How long files live, and how often they may be fetched.</param>
/// <param name="randomness">The source of cookies.</param>
public sealed class GatewayStore(VaultClient client, VaultFolder folder, PutJournal journal, GatewayTerms terms, IRandomness randomness)
{
    /// <summary>Begins to store a file.</summary>
    /// <exception cref="GatewayFault">The password is none.</exception>
    internal GatewayImport BeginImport(string password, CancellationToken cancellationToken)
    {
        var code = new VaultCode(VaultMode.Password, VaultSecret.New(randomness));
        try
        {
            VaultPassphrase.Write(code, password);
        }
        catch (ProtocolException)
        {
            throw new GatewayFault(GatewayText.InvalidPassword, endsConversation: false);
        }

        return new(client, journal, code, password, terms, cancellationToken);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="GatewayFault">Cookie or password are wrong, or the file cannot be fetched.</exception>
    internal async Task<GatewayExport> BeginExportAsync(string cookie, string password, CancellationToken cancellationToken)
    {
        var code = new VaultCode(VaultMode.Password, Parse(cookie));
        var id = SecretDerivation.ItemId(code.Secret);
        try
        {
            var item = await client.OpenAsync(code, password, folder.TakeTicket(id), cancellationToken).ConfigureAwait(false);
            return new(item, () => folder.ForgetTicket(id), cancellationToken);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw new GatewayFault(DetailsOf(fault), endsConversation: false);
        }
    }

    /// <summary>Whether something went wrong on the way to the vault, and not here.</summary>
    internal static bool IsRefusal(Exception fault) =>
        fault is FairShareProblem or TransferProblem or HttpRequestException or ProtocolException or VaultProblem or IOException;

    private static VaultSecret Parse(string cookie)
    {
        try
        {
            return VaultCookie.Parse(cookie);
        }
        catch (ProtocolException)
        {
            throw new GatewayFault(GatewayText.InvalidCookie, endsConversation: false);
        }
    }

    private static string DetailsOf(Exception fault) =>
        fault switch
        {
            FairShareProblem { Code: "vault-item-not-found" or "vault-item-gone" } => GatewayText.InvalidCookie,
            FairShareProblem { Code: "vault-wrong-password" } or ProtocolException => GatewayText.InvalidPassword,
            // An item that is locked too: its password may be right.
            _ => GatewayText.CannotTransfer,
        };
}
