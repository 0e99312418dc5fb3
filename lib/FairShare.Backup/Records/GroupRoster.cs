using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>A member of a group.</summary>
/// <param name="Key">The key that signs the member's orders.</param>
/// <param name="Domain">What fails together with what the member runs.</param>
public sealed record GroupMember(KeyId Key, string Domain);

/// <summary>
/// Who the members of a group are, as the group's key says. A change is another roster with the next number and the hash of the one before
/// it.
/// </summary>
/// <param name="Group">The group: its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Sequence">From 1; one more with each change.</param>
/// <param name="Previous">The hash of the roster before; null of the first.</param>
/// <param name="Members">The members, each once; none of a group that is closed.</param>
public sealed record GroupRoster(KeyId Group, string Name, long Sequence, Sha256Digest? Previous, IReadOnlyList<GroupMember> Members)
{
    /// <summary>How many members a group has at most.</summary>
    public const int MostMembers = 100;

    /// <summary>The members of the record.</summary>
    public RecordMembers ToMembers(DateTimeOffset gen) =>
        RecordMembers
            .OfGroup(Group, gen)
            .With("name", Name)
            .With("seq", Sequence)
            .With("prev", Previous?.ToString())
            .With("members", Members.Select(member => member.Key.ToString()))
            .With("domains", Members.Select(member => member.Domain));

    /// <summary>Reads a roster; who signed it must be the group.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static GroupRoster Read(BackupRecord record)
    {
        var said = record.Members;
        var (keys, domains) = (said.ReadAll("members", KeyId.Parse), said.Texts("domains"));
        var roster = new GroupRoster(
            said.Read("group", KeyId.Parse),
            said.Text("name"),
            said.Number("seq"),
            said.OptionalText("prev") is null ? null : said.Digest("prev"),
            [.. keys.Zip(domains, (key, domain) => new GroupMember(key, domain))]
        );
        return roster.Group != record.KeyId ? throw RecordMembers.Invalid("group")
            : roster.Sequence < 1 || (roster.Sequence == 1) != roster.Previous is null ? throw RecordMembers.Invalid("seq")
            : keys.Count != domains.Count || keys.Count > MostMembers ? throw RecordMembers.Invalid("domains")
            : keys.Distinct().Count() != keys.Count ? throw RecordMembers.Invalid("members")
            : roster;
    }

    /// <summary>Whether a key is a member's.</summary>
    public bool Has(KeyId key) => Members.Any(member => member.Key == key);
}
