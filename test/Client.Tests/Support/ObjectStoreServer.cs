using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Support;

/// <summary>As much of S3's wire as presigned URLs show: checksums, versions, ranges, multipart; with faults on order.</summary>
public sealed class ObjectStoreServer : IAsyncDisposable
{
    private LocalServer? server;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public ConcurrentDictionary<int, byte[]> Parts { get; } = new();

    /// <summary>Every request: method, path and range.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>For each answer in turn, after how many bytes the connection is cut.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>For each request in turn, a status to answer with instead; 0 serves it.</summary>
    public Queue<int> Refusals { get; } = new();

    public bool IgnoresRange { get; set; }

    public string Url(string path) => $"{server!.Url}/{path}";

    public async Task StartAsync() => server = await LocalServer.StartAsync(HandleAsync);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value!.TrimStart('/');
        Requests.Enqueue($"{request.Method} {path} {request.Headers.Range}".TrimEnd());
        if (Refusals.TryDequeue(out var status) && status != 0)
        {
            await request.Body.CopyToAsync(Stream.Null);
            await ErrorAsync(context, status, "Refused");
            return;
        }

        await (
            (request.Method, path.StartsWith("parts", StringComparison.Ordinal)) switch
            {
                ("PUT", false) => PutAsync(context, bytes => Objects[path] = bytes),
                ("PUT", true) => PutAsync(context, bytes => Parts[int.Parse(path[6..], CultureInfo.InvariantCulture)] = bytes),
                ("GET", true) => ListPartsAsync(context),
                ("POST", true) => CompleteAsync(context),
                _ => GetAsync(context, Objects[path]),
            }
        );
    }

    private static async Task PutAsync(HttpContext context, Action<byte[]> store)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var checksum = Convert.ToBase64String(SHA256.HashData(buffer.ToArray()));
        if (context.Request.Headers["x-amz-checksum-sha256"] != checksum)
        {
            await ErrorAsync(context, 400, "BadDigest");
            return;
        }

        store(buffer.ToArray());
        context.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()))}\"";
        context.Response.Headers["x-amz-version-id"] = "version-1";
    }

    private async Task GetAsync(HttpContext context, byte[] content)
    {
        var from = 0;
        if (!IgnoresRange && context.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        context.Response.ContentLength = content.Length - from;
        if (Cuts.TryDequeue(out var cut))
        {
            await context.Response.Body.WriteAsync(content.AsMemory(from, cut));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content.AsMemory(from));
    }

    private Task ListPartsAsync(HttpContext context)
    {
        XNamespace ns = "http://s3.amazonaws.com/doc/2006-03-01/";
        var list = new XElement(
            ns + "ListPartsResult",
            Parts
                .OrderBy(part => part.Key)
                .Select(part => new XElement(
                    ns + "Part",
                    new XElement(ns + "PartNumber", part.Key),
                    new XElement(ns + "ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(part.Value))}\""),
                    new XElement(ns + "ChecksumSHA256", Convert.ToBase64String(SHA256.HashData(part.Value)))
                ))
        );
        return context.Response.WriteAsync(list.ToString());
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var body = XElement.Parse(await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync());
        var stated = body.Elements()
            .Select(part => part.Elements().Single(child => child.Name.LocalName == "ChecksumSHA256").Value)
            .ToList();
        var actual = Parts.OrderBy(part => part.Key).Select(part => Convert.ToBase64String(SHA256.HashData(part.Value))).ToList();
        if (!stated.SequenceEqual(actual))
        {
            // S3 keeps the connection alive with a 200 and says only in the body what came of it.
            await context.Response.WriteAsync("<Error><Code>InvalidPart</Code><Message>A part is missing.</Message></Error>");
            return;
        }

        Objects["completed"] = [.. Parts.OrderBy(part => part.Key).SelectMany(part => part.Value)];
        context.Response.Headers["x-amz-version-id"] = "version-m";
        await context.Response.WriteAsync("<CompleteMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
    }

    private static Task ErrorAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>The object store says no.</Message></Error>");
    }
}
