using FairShare.Client.Tests.Support;
using FairShare.Client.Watching;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Watching;

public sealed class SettledFilesTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly ManualTime time = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Look_AFileThatIsStillWritten_IsGivenOnlyOnceItHasRested()
    {
        var (folder, path) = (workspace.At("."), workspace.MakeFile("growing.bin", 10));
        var files = new SettledFiles(folder, TimeSpan.FromSeconds(2), time);
        Assert.Empty(files.Look());
        Assert.True(files.HasUnsettled);

        time.Advance(TimeSpan.FromSeconds(3));
        File.AppendAllText(path, "more");
        Assert.Empty(files.Look());

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("growing.bin", Assert.Single(files.Look()).Name);
        Assert.False(files.HasUnsettled);
    }

    [Fact]
    public void Look_AFileThatIsReplacedByOneOfTheSameSize_BeginsAnew()
    {
        var (folder, path) = (workspace.At("."), workspace.MakeFile("a.bin", 10));
        var files = new SettledFiles(folder, TimeSpan.FromSeconds(2), time);
        files.Look();
        time.Advance(TimeSpan.FromSeconds(3));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.Empty(files.Look());
    }

    [Fact]
    public void IsAsSeen_AFileThatChangedAfterTheLook_IsNot()
    {
        string[] names = ["same.bin", "grown.bin", "touched.bin", "gone.bin", "link.bin"];
        foreach (var name in names)
        {
            workspace.MakeFile(name, 10);
        }

        var seen = new SettledFiles(workspace.At("."), TimeSpan.Zero, time).Look();
        Assert.All(seen, file => Assert.True(SettledFiles.IsAsSeen(file)));

        File.AppendAllText(workspace.At("grown.bin"), "more");
        File.SetLastWriteTimeUtc(workspace.At("touched.bin"), DateTime.UnixEpoch);
        File.Delete(workspace.At("gone.bin"));
        var before = File.GetLastWriteTimeUtc(workspace.At("link.bin"));
        File.Move(workspace.At("link.bin"), workspace.At("linked.bin"));
        File.CreateSymbolicLink(workspace.At("link.bin"), workspace.At("linked.bin"));
        Assert.Equal(before, File.GetLastWriteTimeUtc(workspace.At("linked.bin")));

        Assert.Equal(["same.bin"], seen.Where(SettledFiles.IsAsSeen).Select(file => file.Name));
    }
}
