using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace FairShare.Client.Tests.Support;

/// <summary>
/// A client of FSS as its document describes one: "Client Message Types", "Server Message Types" and the stages after them. It knows
/// nothing of the vault.
/// </summary>
internal sealed class FssClient : IAsyncDisposable
{
    private const int Segment = 214;

    private readonly TcpClient connection = new() { NoDelay = true };
    private readonly RSA own = RSA.Create(2048);
    private readonly Queue<byte> decrypted = [];
    private NetworkStream stream = null!;
    private RSA? server;

    /// <summary>Whatever was said, in order: <c>C</c> or <c>S</c>, the fields, and a bar for each NUL.</summary>
    public List<string> Transcript { get; } = [];

    /// <summary>How many bytes go into each write; 0 for whole messages.</summary>
    public int Split { get; init; }

    public static async Task<FssClient> ConnectAsync(int port, bool encrypts = false, int split = 0)
    {
        var client = new FssClient { Split = split };
        await client.connection.ConnectAsync(IPAddress.Loopback, port, Stop);
        client.stream = client.connection.GetStream();
        if (encrypts)
        {
            await client.ExchangeAsync();
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        own.Dispose();
        server?.Dispose();
        await Task.CompletedTask;
    }

    /// <summary>Stores a file: U, and then F until FIN.</summary>
    /// <returns>The cookie.</returns>
    public async Task<string> UploadAsync(byte[] file, string password, int segment = 3000)
    {
        await SendAsync("U", password);
        var answer = await ReceiveAsync();
        Assert.Equal("R", answer.Flag);
        foreach (var part in file.Chunk(segment))
        {
            await SendAsync("F", Convert.ToBase64String(part));
            Assert.Equal(("R", "OK"), await ReceiveAsync());
        }

        await SendAsync("F", "FIN");
        Assert.Equal(("R", "OK"), await ReceiveAsync());
        return answer.Argument;
    }

    /// <summary>Fetches a file: D, and then OK for each F until FIN.</summary>
    public async Task<byte[]> DownloadAsync(string cookie, string password)
    {
        await SendAsync("D", cookie, password);
        Assert.Equal(("S", "Approved"), await ReceiveAsync());
        using var file = new MemoryStream();
        while (true)
        {
            var (flag, data) = await ReceiveAsync();
            Assert.Equal("F", flag);
            await SendAsync("D", "OK");
            if (data == "FIN")
            {
                return file.ToArray();
            }

            file.Write(Convert.FromBase64String(data));
        }
    }

    public async Task SendAsync(string flag, params string[] arguments)
    {
        Transcript.Add($"C {string.Join('|', [flag, .. arguments])}|");
        await SendBytesAsync(Encoding.UTF8.GetBytes(string.Concat(((string[])[flag, .. arguments]).Select(field => field + "\0"))));
    }

    public async Task SendBytesAsync(byte[] bytes)
    {
        var sent = server is null
            ? bytes
            : [.. bytes.Chunk(Segment).SelectMany(part => server.Encrypt(part, RSAEncryptionPadding.OaepSHA1))];
        foreach (var part in sent.Chunk(Split == 0 ? Math.Max(1, sent.Length) : Split))
        {
            await stream.WriteAsync(part, Stop);
        }
    }

    /// <summary>Ends what is sent, as a client does that is killed.</summary>
    public void EndSending() => connection.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next message, which all have one argument.</summary>
    public async Task<(string Flag, string Argument)> ReceiveAsync()
    {
        var message = (await FieldAsync(), await FieldAsync());
        Transcript.Add($"S {message.Item1}|{message.Item2}|");
        return message;
    }

    /// <summary>Whether the server has ended the conversation.</summary>
    public async Task<bool> IsEndedAsync()
    {
        try
        {
            return await stream.ReadAsync(new byte[1], Stop) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task ExchangeAsync()
    {
        var pem = await FieldAsync();
        var key = RSA.Create();
        key.ImportFromPem(pem);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(own.ExportSubjectPublicKeyInfoPem() + "\0"), Stop);
        server = key;
    }

    private async Task<string> FieldAsync()
    {
        using var field = new MemoryStream();
        while (await ByteAsync() is var value and not 0)
        {
            field.WriteByte(value);
        }

        return Encoding.UTF8.GetString(field.ToArray());
    }

    private async Task<byte> ByteAsync()
    {
        if (decrypted.Count == 0)
        {
            var block = new byte[server is null ? 1 : 256];
            await stream.ReadExactlyAsync(block, Stop);
            foreach (var value in server is null ? block : own.Decrypt(block, RSAEncryptionPadding.OaepSHA1))
            {
                decrypted.Enqueue(value);
            }
        }

        return decrypted.Dequeue();
    }
}
