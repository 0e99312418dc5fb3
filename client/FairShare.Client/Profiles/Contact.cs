using System.Text.RegularExpressions;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Profiles;

/// <summary>Somebody whom one exchanges documents with.</summary>
/// <param name="Name">What they are called here, 1 to 64 characters.</param>
/// <param name="Email">Their address.</param>
/// <param name="Party">Their party id.</param>
/// <param name="Key">The key that signed for them when the line was handed over; null if it named none.</param>
public sealed partial record Contact(string Name, string Email, string Party, string? Key = null)
{
    /// <summary>What lists call the party that is logged in.</summary>
    public const string Own = "you";

    /// <summary>The line that hands a contact over: <c>NAME &lt;EMAIL&gt; PARTY KEY</c>.</summary>
    public override string ToString() => $"{Name} <{Email}> {Party}{(Key is null ? "" : " " + Key)}";

    /// <summary>Reads a line; what is not in composed characters (Unicode form C) is composed.</summary>
    /// <returns>Null for what is none.</returns>
    public static Contact? TryParse(string line)
    {
        var match = Line().Match(DocumentName.Compose(line).Trim());
        var (party, key) = (match.Groups["party"].Value, match.Groups["key"].Value);
        return match.Success && PartyId.TryParse(party, out var id) && !id.IsStore && (key.Length == 0 || KeyId.TryParse(key, out _))
            ? new Contact(match.Groups["name"].Value, match.Groups["email"].Value, party, key.Length == 0 ? null : key)
            : null;
    }

    /// <summary>Why nobody can be called so, as the end of a sentence; null for a name that can be given.</summary>
    public static string? FaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            _ when !NameForm().IsMatch(name) =>
                "a name has 1 to 64 characters, no space at either end, no < or >, and none that cannot be seen",
            _ when name.Equals(Own, StringComparison.OrdinalIgnoreCase) => "lists call yourself so",
            _ when name.Contains('@', StringComparison.Ordinal) => "it reads as an address",
            _ when PartyId.TryParse(name, out _) || Guid.TryParse(name, out _) => "it reads as a party id",
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?!\s)[^<>\p{C}\p{Zl}\p{Zp}]{1,64}(?<!\s)\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^(?<name>[^<>\p{C}]{1,64}?) *<(?<email>[^<>\s\p{C}]+@[^<>\s\p{C}]+)> +(?<party>\S+)(?: +(?<key>\S+))?$")]
    private static partial Regex Line();
}
