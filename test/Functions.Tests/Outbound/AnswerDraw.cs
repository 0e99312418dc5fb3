using System.Text;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Functions.Tests.Outbound;

/// <summary>Draws what a server answers: every status, odd headers, bodies without end, silence, redirects, and what is no HTTP.</summary>
/// <param name="elsewhere">Where redirects lead.</param>
internal sealed class AnswerDraw(string elsewhere)
{
    private const int Megabyte = 1 << 20;
    private static readonly byte[] Zeros = new byte[1 << 16];

    private static readonly string[] Headers =
    [
        "Content-Length: 0",
        "Content-Length: 17",
        "Content-Length: 1073741824",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Content-Encoding: gzip",
        "Content-Type: application/json; charset=\"\ud800\"",
        "Connection: keep-alive, close",
        "Set-Cookie: a=b",
        "Retry-After: 99999999999999999999",
        "Alt-Svc: h2=\"elsewhere:1\"",
        "Upgrade: h2c",
        "Trailer: x",
        " folded",
        ": no name",
        "x y: z",
        "x:" + new string('y', 5000),
    ];

    private static readonly string[] Bodies =
    [
        "",
        "{\"challenge\":\"a\"}",
        "5\r\nabcde\r\n0\r\n\r\n",
        "ffffffffffffffff\r\na",
        "0\r\nx: y\r\n",
        "\0\r\n\r\n",
    ];

    private static readonly string[] Words =
    [
        "\r\n",
        "\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/2 ",
        "HTTP/9.9 ",
        "-1",
        "\0",
        ": ",
    ];

    /// <summary>An answer that nothing is wrong with.</summary>
    public static RawAnswer Whole(int status) => new([Octets(Head(status, ["Content-Length: 0"]))], RawEnd.HangUp);

    public RawAnswer Draw(Random random)
    {
        var head = Head(StatusOf(random), [.. Enumerable.Range(0, random.Next(4)).Select(_ => HeaderOf(random))]);
        var text = head + Bodies[random.Next(Bodies.Length)];
        var end = (RawEnd)random.Next(3);
        return random.Next(12) switch
        {
            // The body has no end.
            0 => new([Octets(head)], end) { Flood = Zeros },
            // Nor have the headers.
            1 => new([Octets($"HTTP/1.1 {StatusOf(random)} x\r\n")], end) { Flood = Octets("x: y\r\n") },
            // What goes before an answer goes before no answer; that much, and no gigabyte, since it is read.
            2 => new([], end) { Flood = Octets("HTTP/1.1 102 Processing\r\n\r\n"), MostFlood = Megabyte },
            // It says nothing, or before it was asked.
            3 => new([], end) { Listens = random.Next(2) == 0 },
            4 => new([Octets(text)], end) { Listens = false },
            // Octet by octet.
            5 => new([.. Octets(text).Chunk(1)], end),
            6 or 7 => new([Octets(text)], end),
            8 => new([OctetMutator.Mutate(Octets(text), random)], end),
            _ => new([Octets(TextMutator.Mutate(text, random, Words))], end),
        };
    }

    private string HeaderOf(Random random) => random.Next(3) == 0 ? $"Location: {elsewhere}" : Headers[random.Next(Headers.Length)];

    private static int StatusOf(Random random) =>
        random.Next(4) switch
        {
            0 => 200 + random.Next(10),
            1 => 300 + random.Next(9),
            2 => 400 + random.Next(120),
            _ => random.Next(1000),
        };

    private static string Head(int status, IEnumerable<string> headers) =>
        $"HTTP/1.1 {status:D3} x\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);
}
