using FairShare.Core.Errors;

namespace FairShare.Backup.Records;

/// <summary>What a member of a record is.</summary>
internal enum MemberType
{
    Text,
    Number,
    Texts,
}

/// <summary>
/// The members of each kind of record, in the order in which they are written. A name with a question mark may be absent.
/// </summary>
internal static class RecordShape
{
    /// <summary>The version of the format, the first member of every record.</summary>
    public const int FormatVersion = 1;

    private const string Common = "ver:n backup gen";

    // n stands for a number, l for a list of texts; all else are texts.
    private static readonly Dictionary<RecordKind, string> Members = new()
    {
        [RecordKind.BackupOrder] = $"{Common} action peer nonce due content",
        [RecordKind.BackupManifest] =
            $"{Common} seq:n prev? name? scheme m:n n:n f:n happy:n size:n bodySize:n " + "digest owners:l peers:l roots:l commitments:l",
        [RecordKind.StorageReceipt] = $"{Common} manifest index:n epoch:n bodySize:n method digest partSize?:n root share",
        [RecordKind.ShareRelease] = $"{Common} order index:n epoch:n commitments share",
        [RecordKind.DeletionReceipt] = $"{Common} order state",
        [RecordKind.IntegrityProof] = $"{Common} order index:n bodySize:n root begun",
        [RecordKind.IntegrityProgress] = $"{Common} order body begun leaves:n found hashes:n beside wrong:l",
        [RecordKind.EphemeralKey] = $"{Common} epoch:n key",
        [RecordKind.RefreshDeal] = $"{Common} epoch:n dealer:n keys commitments updates:l",
        [RecordKind.Accusation] = $"{Common} epoch:n accuser:n dealer:n deal",
        [RecordKind.DealOpening] = $"{Common} epoch:n dealer:n deal accuser:n value blinding",
        [RecordKind.RefreshPrepared] = $"{Common} epoch:n peer:n transcript",
        [RecordKind.RefreshApplied] = $"{Common} order index:n epoch:n commitments",
        [RecordKind.ShareMasks] = $"{Common} epoch:n helper:n lost:n helpers:l keys commitments masks:l",
        [RecordKind.MaskedShare] = $"{Common} epoch:n helper:n lost:n helpers:l keys masks share",
        [RecordKind.HelpAccusation] = $"{Common} epoch:n helper:n lost:n helpers:l keys said accused:l points:l proofs:l",
        [RecordKind.GroupRoster] = "ver:n group gen name seq:n prev? members:l domains:l",
        [RecordKind.GroupRequest] = "ver:n group gen invitation domain",
    };

    /// <summary>The members of a kind: name, type, and whether it must be there.</summary>
    public static IEnumerable<(string Name, MemberType Type, bool Required)> Of(RecordKind kind) =>
        Members[kind]
            .Split(' ')
            .Select(word => word.Split(':'))
            .Select(parts =>
                (
                    parts[0].TrimEnd('?'),
                    parts is [_, "n"] ? MemberType.Number
                    : parts is [_, "l"] ? MemberType.Texts
                    : MemberType.Text,
                    !parts[0].EndsWith('?')
                )
            );

    /// <summary>Passes values that are exactly a kind's members.</summary>
    /// <exception cref="TokenException">A member is missing, of another type, or does not belong there.</exception>
    public static void Require(RecordKind kind, IReadOnlyDictionary<string, object> values)
    {
        var count = 0;
        foreach (var (name, type, required) in Of(kind))
        {
            if (values.TryGetValue(name, out var value))
            {
                count++;
                RequireType(name, type, value);
            }
            else if (required)
            {
                throw new TokenException(TokenFault.MissingMember, name, $"The member {name} is missing.");
            }
        }

        if (count != values.Count)
        {
            throw new TokenException(TokenFault.UnknownMember, null, "The record holds a member that does not belong there.");
        }
    }

    private static void RequireType(string name, MemberType type, object value)
    {
        var fits = type switch
        {
            MemberType.Number => value is long and >= 0,
            MemberType.Texts => value is IReadOnlyList<string>,
            _ => value is string,
        };
        if (!fits)
        {
            throw new TokenException(TokenFault.InvalidMember, name, $"The member {name} does not have the form that it must have.");
        }
    }
}
