using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>What a record says: its members by name, each a text, a number or a list of texts.</summary>
public sealed class RecordMembers
{
    private readonly Dictionary<string, object> values;

    internal RecordMembers(Dictionary<string, object> values) => this.values = values;

    /// <summary>The members of a record of a backup.</summary>
    public static RecordMembers Of(BackupId backup, DateTimeOffset gen) =>
        new RecordMembers([]).With("ver", RecordShape.FormatVersion).With("backup", backup.ToString()).With("gen", gen);

    /// <summary>The members of a record of a group.</summary>
    public static RecordMembers OfGroup(KeyId group, DateTimeOffset gen) =>
        new RecordMembers([]).With("ver", RecordShape.FormatVersion).With("group", group.ToString()).With("gen", gen);

    internal IReadOnlyDictionary<string, object> Values => values;

    /// <summary>When the record was made, to the millisecond.</summary>
    public DateTimeOffset Gen => Time("gen");

    /// <summary>The backup that the record is of.</summary>
    public BackupId Backup => Read("backup", BackupId.Parse);

    /// <summary>Adds a text; null leaves the member out.</summary>
    public RecordMembers With(string name, string? value) => value is null ? this : Add(name, value);

    /// <summary>Adds a number; null leaves the member out.</summary>
    public RecordMembers With(string name, long? value) => value is { } number ? Add(name, number) : this;

    /// <summary>Adds a digest.</summary>
    public RecordMembers With(string name, Sha256Digest value) => Add(name, value.ToString());

    /// <summary>Adds a time.</summary>
    public RecordMembers With(string name, DateTimeOffset value) => Add(name, Timestamp.Format(value));

    /// <summary>Adds octets, as base64url.</summary>
    public RecordMembers With(string name, ReadOnlySpan<byte> value) => Add(name, Base64UrlText.Encode(value));

    /// <summary>Adds a list of texts.</summary>
    public RecordMembers With(string name, IEnumerable<string> values) => Add(name, (IReadOnlyList<string>)[.. values]);

    /// <summary>A text.</summary>
    public string Text(string name) => (string)values[name];

    /// <summary>A text, or null where it is absent.</summary>
    public string? OptionalText(string name) => values.GetValueOrDefault(name) as string;

    /// <summary>A number.</summary>
    public long Number(string name) => (long)values[name];

    /// <summary>A number that counts something: 0 to 2^31 - 1.</summary>
    /// <exception cref="TokenException">It is larger.</exception>
    public int Count(string name) => Number(name) is <= int.MaxValue and var number ? (int)number : throw Invalid(name);

    /// <summary>A number, or null where it is absent.</summary>
    public long? OptionalNumber(string name) => values.GetValueOrDefault(name) as long?;

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => (IReadOnlyList<string>)values[name];

    /// <summary>A digest.</summary>
    /// <exception cref="TokenException">It is none.</exception>
    public Sha256Digest Digest(string name) => Read(name, Sha256Digest.Parse);

    /// <summary>A time.</summary>
    /// <exception cref="TokenException">It is none.</exception>
    public DateTimeOffset Time(string name) => Read(name, Timestamp.Parse);

    /// <summary>Octets.</summary>
    /// <exception cref="TokenException">They are not canonical base64url.</exception>
    public byte[] Octets(string name) => Base64UrlText.TryDecode(Text(name), out var octets) ? octets : throw Invalid(name);

    /// <summary>A value of a text.</summary>
    /// <exception cref="TokenException">The text is none of those.</exception>
    public T Read<T>(string name, Func<string, T> parse) => Convert(name, Text(name), parse);

    /// <summary>The values of a list of texts.</summary>
    /// <exception cref="TokenException">A text is none of those.</exception>
    public IReadOnlyList<T> ReadAll<T>(string name, Func<string, T> parse) => [.. Texts(name).Select(text => Convert(name, text, parse))];

    /// <summary>What is said of a member that has not the form that it must have.</summary>
    public static TokenException Invalid(string name) =>
        new(TokenFault.InvalidMember, name, $"The member {name} does not have the form that it must have.");

    private static T Convert<T>(string name, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (ProtocolException fault) when (fault is not TokenException)
        {
            throw Invalid(name);
        }
    }

    private RecordMembers Add(string name, object value)
    {
        values[name] = value;
        return this;
    }
}
