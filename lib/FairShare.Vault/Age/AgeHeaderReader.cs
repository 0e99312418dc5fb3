using System.Text;

namespace FairShare.Vault.Age;

/// <summary>
/// Reads the header of an age v1 file line by line, as strictly as the format's description asks: one form for each value, LF alone, no
/// further white space. What is longer than 16 KiB is refused before the rest is read.
/// </summary>
internal sealed class AgeHeaderReader(Stream source)
{
    /// <summary>The longest header in bytes; one scrypt stanza takes 150.</summary>
    public const int LengthLimit = 16 << 10;

    private const int MacLength = 32;

    private readonly List<byte> read = [];
    private readonly byte[] octet = new byte[1];

    /// <summary>Reads the header, and no byte after it.</summary>
    /// <exception cref="AgeException"><see cref="AgeFault.Header"/>.</exception>
    public AgeHeader Read()
    {
        if (ReadLine() != AgeHeader.Version)
        {
            throw Refuse("This is no age v1 file: its first line is another.");
        }

        var stanzas = new List<AgeStanza>();
        while (true)
        {
            var line = ReadLine();
            if (line.StartsWith(AgeHeader.MacPrefix, StringComparison.Ordinal))
            {
                return stanzas.Count > 0 ? End(stanzas, line) : throw Refuse("The header has no stanza.");
            }

            stanzas.Add(ReadStanza(line));
        }
    }

    private AgeStanza ReadStanza(string line)
    {
        if (!line.StartsWith(AgeHeader.StanzaPrefix, StringComparison.Ordinal))
        {
            throw Refuse("A line of the header begins neither a stanza nor the MAC.");
        }

        var words = line[AgeHeader.StanzaPrefix.Length..].Split(' ');
        if (Array.Exists(words, word => word.Length == 0))
        {
            throw Refuse("A stanza has an empty argument.");
        }

        return new(words[0], words[1..], ReadBody());
    }

    private byte[] ReadBody()
    {
        var body = new List<byte>();
        while (true)
        {
            var line = ReadLine();
            if (line.Length > AgeHeader.BodyColumns || !AgeBase64.TryDecode(line, out var bytes))
            {
                throw Refuse("The body of a stanza is not canonical base64 in lines of 64 columns.");
            }

            body.AddRange(bytes);
            if (line.Length < AgeHeader.BodyColumns)
            {
                return [.. body];
            }
        }
    }

    private AgeHeader End(List<AgeStanza> stanzas, string line)
    {
        var text = line[AgeHeader.MacPrefix.Length..];
        if (!text.StartsWith(' ') || !AgeBase64.TryDecode(text[1..], out var mac) || mac.Length != MacLength)
        {
            throw Refuse("The last line of the header is not a space and 32 bytes in canonical base64.");
        }

        return new(stanzas, [.. read[..^(text.Length + 1)]], mac);
    }

    // Without its LF, which must be there.
    private string ReadLine()
    {
        var start = read.Count;
        while (read.Count < LengthLimit)
        {
            if (source.Read(octet) == 0)
            {
                throw Refuse("The header is cut off.");
            }

            read.Add(octet[0]);
            if (octet[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. read[start..^1]]);
            }

            if (octet[0] is < (byte)' ' or > (byte)'~')
            {
                throw Refuse("The header has a character that is not printable ASCII.");
            }
        }

        throw Refuse($"The header is longer than {LengthLimit} bytes.");
    }

    private static AgeException Refuse(string message) => new(AgeFault.Header, message);
}
