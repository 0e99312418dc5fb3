using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>Reads header and payload octets strictly: every member known, typed, in its form, and there because its kind has it.</summary>
internal static class StatementReader
{
    public static EvidenceStatement Payload(EvidenceKind kind, ReadOnlySpan<byte> octets)
    {
        var payload = JsonMembers.Parse(octets, "");
        Fixed(payload, "ver", payload.Integer("ver") == EvidenceStatement.FormatVersion);
        var policy = EvidencePolicies.FromUri(payload.Text("pol")) ?? throw payload.Invalid("pol");
        Fixed(payload, "event", payload.Text("event") == kind.EventUri(policy));
        var statement = new EvidenceStatement
        {
            Kind = kind,
            Policy = policy,
            Id = ReadOptional(payload, "id", EvidenceId.Parse),
            Origin = Read(payload, "orig", PartyId.Parse),
            Recipients =
                ReadList(payload, "rcpt", PartyId.Parse)
                ?? throw new TokenException(TokenFault.MissingMember, "rcpt", "The member rcpt is missing."),
            Store = Read(payload, "ttp", PartyId.Parse),
            Exchange = ReadOptional(payload, "exch", ExchangeId.Parse),
            Document = ReadDocument(payload.Object("doc")),
            Salt = ReadOptional(payload, "salt", DocumentSalt.Parse),
            DisclosesDigest = ReadOptional(payload, "disclose", Disclosure.Parse) ?? false,
            References = ReadList(payload, "ref", Sha256Digest.Parse) ?? [],
            Nonce = ReadOptional(payload, "nonce", Nonce.Parse),
            Gen = ReadOptional(payload, "gen", Timestamp.Parse),
            Due = ReadOptional(payload, "due", Timestamp.Parse),
            Hold = ReadOptional(payload, "hold", KeyHolders.Parse),
            Reason = payload.OptionalText("reason"),
        };
        payload.RefuseOthers();
        StatementShape.Require(statement);
        return statement;
    }

    private static DocumentDescription ReadDocument(JsonMembers members)
    {
        var (size, partSize) = (members.Integer("size"), members.OptionalInteger("partSize"));
        var form = Read(members, "method", method => DigestForm.Parse(method, partSize));
        var digest = ReadOptional(members, "digest", Sha256Digest.Parse);
        var commitment = ReadOptional(members, "commitment", DocumentCommitment.Parse);
        var id = Read(members, "id", DocumentId.Parse);
        var version = Read(members, "version", ObjectVersion.Parse);
        var type = Read(members, "type", MediaType.Parse);
        var name = Read(members, "name", DocumentName.Parse);
        var whole = digest is { } value ? new DocumentDigest(form, value) : null;
        var description = members.Convert("size", "", _ => new DocumentDescription(id, version, name, type, size, form, whole, commitment));
        members.RefuseOthers();
        return description;
    }

    private static T Read<T>(JsonMembers members, string name, Func<string, T> parse) => members.Convert(name, members.Text(name), parse);

    private static T? ReadOptional<T>(JsonMembers members, string name, Func<string, T> parse)
        where T : struct => members.OptionalText(name) is { } text ? members.Convert(name, text, parse) : null;

    private static List<T>? ReadList<T>(JsonMembers members, string name, Func<string, T> parse) =>
        members.OptionalTexts(name)?.Select(text => members.Convert(name, text, parse)).ToList();

    private static void Fixed(JsonMembers members, string name, bool holds)
    {
        if (!holds)
        {
            throw members.Invalid(name);
        }
    }
}
