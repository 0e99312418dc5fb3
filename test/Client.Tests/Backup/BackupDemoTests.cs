using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary><c>demo backup</c> shows what a backup is good for, and says if something is not so.</summary>
public sealed class BackupDemoTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Demo_OfAFile_HoldsUnderBothSchemesAndKeepsWhatWasRestored()
    {
        var file = workspace.MakeFile("book.bin", 100_000);
        var answer = (
            await new BuiltCommand(workspace.At("nobody")).RunAsync("demo", "backup", file, "--out", workspace.At("out"), "--json")
        ).Answer;
        Assert.True(answer["holds"]!.GetValue<bool>());
        Assert.All(answer["checks"]!.AsObject(), check => Assert.True(check.Value!.GetValue<bool>(), check.Key));
        var restored = Directory.GetFiles(workspace.At("out"), "book.bin", SearchOption.AllDirectories);
        Assert.NotEmpty(restored);
        Assert.All(restored, one => Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(one))));
    }
}
