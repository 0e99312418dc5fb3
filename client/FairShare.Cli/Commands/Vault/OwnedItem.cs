using System.CommandLine;
using FairShare.Client.Vault;
using FairShare.Client.Vault.Catalogue;
using FairShare.Client.Vault.Items;
using FairShare.Contracts.Vault;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Cli.Commands.Vault;

/// <summary>An item of which one is an owner.</summary>
/// <param name="Client">Its service.</param>
/// <param name="Id">Its id.</param>
/// <param name="Owner">The owner's secret.</param>
/// <param name="Code">Its code.</param>
/// <param name="Entry">Its record; null where the catalogue has none.</param>
internal sealed record OwnedItem(VaultClient Client, VaultItemId Id, VaultOwner Owner, VaultCode Code, CatalogueEntry? Entry)
{
    public static Argument<string> Name { get; } =
        new("name") { Description = "The item: the name or the path that the catalogue has, its code, or its 48 digits." };

    /// <summary>The item that the command names: out of the catalogue, or by its code, where it was stored by this account.</summary>
    /// <exception cref="VaultProblem">It is not there, or several have the name.</exception>
    public static async Task<OwnedItem> FindAsync(CommandContext context, VaultSession session, CancellationToken cancellationToken)
    {
        var name = context.Arguments.GetRequiredValue(Name);
        try
        {
            var entry = session.Catalogue.Get(name);
            return new(session.Client(entry.Service), entry.Id, VaultOwner.Parse(entry.Owner), entry.ParsedCode, entry);
        }
        catch (VaultProblem problem) when (problem.Code == VaultProblem.NotInCatalogue && TryParse(name) is not null)
        {
            return await ClaimAsync(session, TryParse(name)!, cancellationToken);
        }
    }

    // The party that stored an item may give it another owner's secret: on another computer, or after the catalogue was lost.
    private static async Task<OwnedItem> ClaimAsync(VaultSession session, VaultCode code, CancellationToken cancellationToken)
    {
        var (client, id, owner) = (
            await session.ConnectAsync(cancellationToken),
            SecretDerivation.ItemId(code.Secret),
            VaultOwner.New(new SystemRandomness())
        );
        await client.ClaimAsync(id, owner, cancellationToken);
        return new(client, id, owner, code, null);
    }

    private static VaultCode? TryParse(string text)
    {
        try
        {
            return VaultCode.Parse(text);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    /// <summary>Where the item stands at the service, as people read it.</summary>
    public static IEnumerable<string> Lines(VaultItemView view)
    {
        yield return $"state   {view.State}";
        if (view.ExpiresAt is { } expires)
        {
            yield return $"expires {Timestamp.Format(expires)}";
            yield return $"opens   {view.Opens}{(view.MaxOpens is { } most ? $" of {most}" : ", without a limit")}";
            yield return $"guesses {view.Guesses} wrong"
                + (view.LockedUntil is { } locked ? $"; the next one is compared at {Timestamp.Format(locked)}" : "");
        }
    }
}
