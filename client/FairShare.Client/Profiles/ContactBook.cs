using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Contracts;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Profiles;

/// <summary>The contacts of a profile, in a file of JSON.</summary>
/// <param name="path">The file; made when first written to.</param>
public sealed class ContactBook(string path)
{
    /// <summary>All contacts, by name.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<Contact> All => field ??= Read();

    /// <summary>
    /// The contacts that a word means: by party id, by address, or by name; neither has case, and each may be in any Unicode form.
    /// </summary>
    public IReadOnlyList<Contact> Find(string word)
    {
        var composed = DocumentName.Compose(word);
        return [.. All.Where(contact => contact.Party == word || Is(contact.Email, composed) || Is(contact.Name, composed))];
    }

    /// <summary>The contact of a party; null for none.</summary>
    public Contact? Of(PartyId party) => All.FirstOrDefault(contact => contact.Party == party.ToString());

    /// <summary>What a party is called; its id where it is no contact.</summary>
    public string NameOf(string party) => All.FirstOrDefault(contact => contact.Party == party)?.Name ?? party;

    /// <summary>Adds a contact, in the place of the one of the same party.</summary>
    public void Put(Contact contact) => Write([.. All.Where(known => known.Party != contact.Party), contact]);

    /// <summary>Removes a contact.</summary>
    public void Remove(Contact contact) => Write([.. All.Where(known => known != contact)]);

    private static bool Is(string known, string composed) =>
        DocumentName.Compose(known).Equals(composed, StringComparison.OrdinalIgnoreCase);

    private void Write(IEnumerable<Contact> contacts)
    {
        var list = new ContactList([.. contacts.OrderBy(contact => contact.Name, StringComparer.OrdinalIgnoreCase)]);
        PrivateFile.Write(path, JsonText.Indented(JsonSerializer.SerializeToElement(list, ProfileJson.Lenient.TypeOf<ContactList>())));
    }

    private IReadOnlyList<Contact> Read()
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(JsonFile.Read(path), ProfileJson.Lenient.TypeOf<ContactList>())?.Contacts ?? []
                : [];
        }
        catch (JsonException)
        {
            throw new DamagedFileProblem(path, "Put it back from a copy, or move it away and add your contacts again.");
        }
    }
}

/// <summary>The file of the contacts.</summary>
internal sealed record ContactList(IReadOnlyList<Contact> Contacts);
