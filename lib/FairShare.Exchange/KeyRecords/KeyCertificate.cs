using System.Text.Json;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Exchange.KeyRecords;

/// <summary>
/// Whose a key is, who holds it, and for how long it may sign: sealed when the key is registered, so that evidence ends at a person and not
/// at an identifier.
/// </summary>
public sealed record KeyCertificate : KeyRecord
{
    /// <summary>The header's <c>typ</c>.</summary>
    public const string Type = "KeyCertificate";

    /// <inheritdoc/>
    public override string TypeName => Type;

    /// <summary><c>email</c>: the address that the user pool had verified, where the party lets it be told; null otherwise.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary><c>name</c>: what the party calls itself, which nobody has verified; null where it says nothing.</summary>
    public DocumentName? Name { get; init; }

    /// <summary><c>hold</c>: who holds the private key.</summary>
    public required KeyHolder Holder { get; init; }

    /// <summary><c>proof</c>: the proof of possession with which it was registered; null for a key that the store holds.</summary>
    public string? Proof { get; init; }

    /// <summary>Whether the proof says that the key was made in the web page, so that whoever serves the page could have used it.</summary>
    public bool IsMadeInPage => Proof is { } proof && KeyPossession.SaysWeb(proof);

    /// <summary><c>notBefore</c>: the first instant at which it may sign.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary><c>notAfter</c>: the first instant at which it may no longer sign.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Reads a certificate; null when the text is none. Nothing of it is verified.</summary>
    public static KeyCertificate? Find(string text)
    {
        try
        {
            return KeyRecordToken.Parse(text).Record as KeyCertificate;
        }
        catch (TokenException)
        {
            return null;
        }
    }

    private protected override void WriteOwn(Utf8JsonWriter json)
    {
        if (Email is { } email)
        {
            json.WriteText("email", email.ToString());
        }

        if (Name is { } name)
        {
            json.WriteText("name", name.ToString());
        }

        json.WriteString("hold", Holder.Name());
        if (Proof is not null)
        {
            json.WriteString("proof", Proof);
        }

        json.WriteString("notBefore", Timestamp.Format(NotBefore));
        json.WriteString("notAfter", Timestamp.Format(NotAfter));
    }
}
