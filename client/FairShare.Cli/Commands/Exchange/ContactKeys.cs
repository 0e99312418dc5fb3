using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// Compares the key that a contact handed over with those that the service names for the party: if it names none of the kind, it shows
/// somebody else, or the line was somebody else's.
/// </summary>
internal static class ContactKeys
{
    /// <summary>Requires that a party's contact, if there is one that names a key, names one of the party's; retired ones count.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="party">The party.</param>
    /// <param name="keys">The keys that the service names for it.</param>
    /// <param name="next">What to do, after that nothing was done.</param>
    /// <exception cref="CommandException"><c>contact-key-differs</c>.</exception>
    public static void Require(CommandContext context, PartyId party, IReadOnlyList<KeyId> keys, string next)
    {
        if (context.Profile.Contacts.Of(party) is { Key: { } key } contact && keys.All(known => known.ToString() != key))
        {
            throw new CommandException(
                ExitCode.NotVerified,
                "contact-key-differs",
                $"{contact.Name} handed over the key {key}, and the service names it for no key of the party {party}.",
                next
            );
        }
    }

    /// <summary>The same of the sender of an exchange, before anything is signed for it; the service is asked for the keys.</summary>
    public static async Task RequireSenderAsync(
        CommandContext context,
        FairShareClient client,
        OpenedExchange exchange,
        CancellationToken cancellationToken
    )
    {
        var sender = exchange.Challenge.Statement.Origin;
        if (context.Profile.Contacts.Of(sender) is { Key: not null } contact)
        {
            Require(
                context,
                sender,
                await client.Directory.RefreshAsync(sender, cancellationToken),
                $"Nothing was signed. Ask {contact.Name} over a channel that you both trust; refuse with fairshare decline {exchange.Id}."
            );
        }
    }
}
