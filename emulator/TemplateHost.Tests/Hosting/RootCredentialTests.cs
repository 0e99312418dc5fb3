using System.Runtime.Versioning;
using TemplateHost.Hosting;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Hosting;

/// <summary>Whoever can read the data directory is its administrator; nobody else is.</summary>
public sealed class RootCredentialTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Credentials_OfTwoDirectories_Differ()
    {
        await using var one = await TestHost.StartAsync();
        await using var other = await TestHost.StartAsync();

        Assert.Matches("^AKIA[A-Z2-7]{16}$", one.Host.RootCredentials.AccessKeyId);
        Assert.Equal(40, one.Host.RootCredentials.SecretAccessKey.Length);
        Assert.NotEqual(one.Host.RootCredentials.AccessKeyId, other.Host.RootCredentials.AccessKeyId);
        Assert.NotEqual(one.Host.RootCredentials.SecretAccessKey, other.Host.RootCredentials.SecretAccessKey);
    }

    [Fact]
    public async Task Credentials_OfOneDirectory_OutliveARestartAndTheirFile()
    {
        await using var host = await TestHost.StartAsync();
        var file = Path.Combine(host.Directory, "root-credentials");
        var (first, content) = (host.Host.RootCredentials, await File.ReadAllTextAsync(file));
        File.Delete(file);

        var again = await host.RestartAsync();

        Assert.Equal(first, again.Host.RootCredentials);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
        Assert.Equal($"[admin]\naws_access_key_id = {first.AccessKeyId}\naws_secret_access_key = {first.SecretAccessKey}\n", content);
        await again.DisposeAsync();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_ThatMakeAnAdministrator_AreTheirOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var parent = Directory.CreateTempSubdirectory("template-host-modes-");
        var data = Path.Combine(parent.FullName, "data");
        await using (await EmbeddedHost.StartAsync(new() { DataDirectory = data, Listen = false }, TestHost.Template()))
        {
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
            // The lock holds nothing.
            var files = Directory.GetFiles(data).Where(file => !file.EndsWith("lock", StringComparison.Ordinal));
            Assert.All(files, file => Assert.Equal(OwnerFile, File.GetUnixFileMode(file)));
        }

        foreach (var file in Directory.GetFiles(data))
        {
            File.SetUnixFileMode(file, OwnerFile | UnixFileMode.OtherRead | UnixFileMode.GroupRead);
        }

        await using (await EmbeddedHost.StartAsync(new() { DataDirectory = data, Listen = false }, TestHost.Template()))
        {
            foreach (var name in (string[])["root-credentials", "host.db"])
            {
                Assert.Equal(OwnerFile, File.GetUnixFileMode(Path.Combine(data, name)));
            }
        }

        parent.Delete(recursive: true);
    }
}
