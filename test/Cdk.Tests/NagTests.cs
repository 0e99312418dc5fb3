using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>cdk-nag's rules for solutions and for serverless ones, over the templates of prod.</summary>
public sealed class NagTests
{
    private static readonly string Folder = Path.Combine(Programs.Root, "eng", "nag");

    [Fact]
    public async Task Rules_OverTheTemplatesOfProd_FindNothingThatIsNotAccepted()
    {
        await RequireAsync();
        var snapshot = Path.Combine(Programs.Root, "cdk", "snapshot");
        string[] templates =
        [
            .. Directory.GetFiles(snapshot, "*-prod*.json"),
            Path.Combine(snapshot, "FairShare-dev-Notices.template.json"),
        ];
        var (exitCode, said) = await Programs.RunAsync("node", [Path.Combine(Folder, "check.js"), "--complete", .. templates]);

        Assert.True(exitCode == 0, said);
        Assert.StartsWith($"{templates.Length} templates, ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_OverAWiderRight_SayWhatAndWhere()
    {
        await RequireAsync();
        var template = Path.Combine(Directory.CreateTempSubdirectory("fairshare-nag").FullName, "FairShare-prod.template.json");
        var whole = await File.ReadAllTextAsync(
            Path.Combine(Programs.Root, "cdk", "snapshot", "FairShare-prod.template.json"),
            TestContext.Current.CancellationToken
        );
        var at = whole.IndexOf("\"/documents/*\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            template,
            whole[..at] + "\"/*\"" + whole[(at + "\"/documents/*\"".Length)..],
            TestContext.Current.CancellationToken
        );
        var (exitCode, said) = await Programs.RunAsync("node", [Path.Combine(Folder, "check.js"), template]);
        Directory.Delete(Path.GetDirectoryName(template)!, recursive: true);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("AwsSolutions-IAM5[Resource::<DocumentsBucket", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_OverABareBucket_SayWhatAndWhere()
    {
        await RequireAsync();
        var template = Path.Combine(Directory.CreateTempSubdirectory("fairshare-nag").FullName, "Open.template.json");
        const string Open = """{"Resources":{"Open":{"Type":"AWS::S3::Bucket"}}}""";
        await File.WriteAllTextAsync(template, Open, TestContext.Current.CancellationToken);
        var (exitCode, said) = await Programs.RunAsync("node", [Path.Combine(Folder, "check.js"), template]);
        Directory.Delete(Path.GetDirectoryName(template)!, recursive: true);

        Assert.Equal(1, exitCode);
        Assert.Contains("AwsSolutions-S1 Open/Open: ", said, StringComparison.Ordinal);
    }

    // What npm installed stays for the next run, as long as the lock file is the one that it was installed by.
    private static async Task RequireAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        var locked = Path.Combine(Folder, "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(locked))
        {
            return;
        }

        Assert.SkipUnless(
            await Programs.SucceedsAsync("npm", "ci", "--no-audit", "--no-fund", "--prefix", Folder),
            "npm is not there, or cannot install cdk-nag."
        );
    }
}
