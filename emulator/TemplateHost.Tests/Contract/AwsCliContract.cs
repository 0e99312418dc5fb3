using System.Security.Cryptography;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;
using TemplateHost.Tests.S3;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>Commands of the AWS CLI that are more than one operation.</summary>
public sealed class AwsCliContract
{
    [Fact]
    public async Task Files_CopiedUpAndDown_AreTheSame()
    {
        Assert.SkipWhen(AwsCli.Program is null, "The AWS CLI is not installed here.");
        await using var host = await SdkHost.StartAsync();
        using var aws = await AwsCli.StartAsync();
        var (up, down) = (Path.Combine(aws.Files, "up"), Path.Combine(aws.Files, "down"));
        await File.WriteAllBytesAsync(up, TestBucket.Octets(20 << 20));

        // Twenty megabytes travel in parts.
        foreach (
            var command in (string[][])
                [
                    ["mb", "s3://cli"],
                    ["cp", up, "s3://cli/a/b"],
                    ["cp", "s3://cli/a/b", down],
                ]
        )
        {
            Assert.Equal(0, (await aws.RunAsync(host.Host, ["s3", .. command])).ExitCode);
        }

        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(up)), SHA256.HashData(await File.ReadAllBytesAsync(down)));
        Assert.Contains("a/b", (await aws.RunAsync(host.Host, "s3", "ls", "--recursive", "s3://cli")).Output, StringComparison.Ordinal);
    }
}
