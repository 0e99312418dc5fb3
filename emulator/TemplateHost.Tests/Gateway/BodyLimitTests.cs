using System.Net;
using System.Net.Sockets;
using System.Text;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.Persistence;
using TemplateHost.Tests.S3;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>
/// Bodies are bounded where they are taken whole, and streamed where they may be large; a client that stops does not hold its connection.
/// </summary>
public sealed class BodyLimitTests
{
    private const int Large = 300 << 20;

    private static readonly (HttpMethod Method, string Path, string Service, string Code)[] Documents =
    [
        (HttpMethod.Post, "/documents?delete=", "s3", "MaxMessageLengthExceeded"),
        (HttpMethod.Post, "/documents/k?uploadId=x", "s3", "MaxMessageLengthExceeded"),
        (HttpMethod.Put, "/documents?policy=", "s3", "MaxMessageLengthExceeded"),
        (HttpMethod.Put, "/documents?versioning=", "s3", "MaxMessageLengthExceeded"),
        (HttpMethod.Put, "/documents/small?tagging=", "s3", "MaxMessageLengthExceeded"),
        (HttpMethod.Post, "/", "dynamodb", "RequestEntityTooLarge"),
        (HttpMethod.Post, "/", "sqs", "RequestEntityTooLarge"),
        (HttpMethod.Post, "/", "cloudformation", "RequestEntityTooLarge"),
        (HttpMethod.Post, "/2015-03-31/functions/f/invocations", "lambda", "RequestEntityTooLarge"),
        (HttpMethod.Post, "/", "cognito-idp", "RequestEntityTooLarge"),
    ];

    /// <summary>
    /// In a process of its own, so that the memory is that of these requests: every kind that is taken whole, with its length and without.
    /// </summary>
    [Fact]
    public async Task Document_OfThreeHundredMegabytes_IsRefusedAndCostsNoMemoryToSpeakOf()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from Linux's /proc here.");
        using var host = await OwnHost.StartAsync();
        Assert.Equal(200, (await host.Process.SendAsync(HttpMethod.Put, "/documents/small", [1])).Status);
        var before = host.Process.PeakMemory;
        foreach (var (method, path, service, code) in Documents)
        {
            foreach (var isDeclared in (bool[])[true, false])
            {
                var answer = await host.Process.SendAsync(method, path, service, new EndlessBody(Large, isDeclared));
                // The host may hang up on a client that goes on sending.
                Assert.True(answer is null || answer.Contains(code, StringComparison.Ordinal), $"{method} {path} {service}: {answer}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"peak of the host: {before >> 20} MiB before, {host.Process.PeakMemory >> 20} after");
        Assert.True(host.Process.PeakMemory - before < Large, $"{(host.Process.PeakMemory - before) >> 20} MiB for bodies of 300");
    }

    /// <summary>In a process of its own, whose memory is that of this request alone: what the runtime holds before is subtracted.</summary>
    [Fact]
    public async Task Object_OfThreeHundredMegabytes_CostsNoMemoryToSpeakOf()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from Linux's /proc here.");
        using var host = await OwnHost.StartAsync();
        Assert.Equal(200, (await host.Process.SendAsync(HttpMethod.Put, "/documents/small", [1])).Status);
        var before = host.Process.PeakMemory;

        Assert.Equal("", await host.Process.SendAsync(HttpMethod.Put, "/documents/large", "s3", new EndlessBody(Large, isDeclared: true)));
        var written = host.Process.PeakMemory;
        await host.Process.ReadAsync("/documents/large", Large);

        TestContext.Current.SendDiagnosticMessage(
            $"peak of the host: {before >> 20} MiB before, {written >> 20} written, {host.Process.PeakMemory >> 20} read"
        );
        Assert.True(host.Process.PeakMemory - before < Large / 2, $"{(host.Process.PeakMemory - before) >> 20} MiB for a body of 300");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PUT /documents/k HTTP/1.1\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: [::1]\r\nX-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\nContent-Length: 9\r\n\r\n")]
    [InlineData("GET /documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    public async Task Connection_OnWhichNothingMoves_Ends(string sent)
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template, new EmbeddedHostOptions { Idle = TimeSpan.FromSeconds(2) });
        foreach (var address in (string[])[host.Host.AwsUrl, host.Host.ApiUrl])
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(address).Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(sent));
            var buffer = new byte[4096];

            // Whatever the host answers, and whenever: it hangs up in the end, and this ends only then.
            while (await ReceiveAsync(socket, buffer).WaitAsync(TimeSpan.FromMinutes(15)) > 0) { }
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private sealed class OwnHost : IDisposable
    {
        private readonly DirectoryInfo directory;

        public required HostProcess Process { get; init; }

        public static async Task<OwnHost> StartAsync()
        {
            var directory = Directory.CreateTempSubdirectory("template-host-body-");
            var template = Path.Combine(directory.FullName, "template.json");
            await File.WriteAllTextAsync(template, TestBucket.Template);
            var data = Path.Combine(directory.FullName, "data");
            return new OwnHost(directory) { Process = await HostProcess.StartAsync(data, template, directory.FullName) };
        }

        private OwnHost(DirectoryInfo directory) => this.directory = directory;

        public void Dispose()
        {
            Process.Dispose();
            directory.Delete(recursive: true);
        }
    }
}
