using FairShare.Cli.Output;
using FairShare.Client.Profiles;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands;

/// <summary>Parties as people call them, both ways.</summary>
/// <param name="contacts">The profile's contacts.</param>
/// <param name="own">The party that is logged in; null for nobody.</param>
internal sealed class PartyNames(ContactBook contacts, string? own)
{
    /// <summary>The party that a word means: a party id, or a contact's name or address.</summary>
    /// <exception cref="CommandException"><c>unknown-contact</c>, <c>ambiguous-contact</c>.</exception>
    public PartyId Resolve(string word) =>
        Find(word)
        ?? throw new CommandException(
            ExitCode.Usage,
            "unknown-contact",
            $"{word} is neither a party id nor a contact's name or address.",
            "Ask them for the line that fairshare whoami prints, and give it to fairshare contacts add."
        );

    /// <summary>The same; null where nobody is called so.</summary>
    /// <exception cref="CommandException"><c>ambiguous-contact</c>.</exception>
    public PartyId? Find(string word)
    {
        if (PartyId.TryParse(word, out var party))
        {
            return party;
        }

        return contacts.Find(word) switch
        {
            [var only] => PartyId.Parse(only.Party),
            [] => null,
            var many => throw new CommandException(
                ExitCode.Usage,
                "ambiguous-contact",
                $"{word} may be {string.Join(" or ", many.Select(contact => $"{contact.Name} <{contact.Email}> {contact.Party}"))}.",
                "Give the address or the party id."
            ),
        };
    }

    /// <summary>What a party is called: <c>you</c>, a contact's name, or else its id.</summary>
    public string Of(string party) => party == own ? Contact.Own : contacts.NameOf(party);
}
