using System.Formats.Tar;
using System.Text;
using FairShare.Vault.Archive;
using FairShare.Vault.Packing;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Archive;

public sealed class SourceTreeTests
{
    public SourceTreeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes and links are those of Linux here.");

    [Fact]
    public void Extract_WhatWasPacked_IsTheSameTree()
    {
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        var extracted = Trees.Extract(Trees.Pack(folder["source"]), folder["out"]);
        Assert.Equal([folder["out/source"]], extracted.Paths);
        Assert.Equal(SampleTree.Describe(folder["source"]), SampleTree.Describe(folder["out/source"]));
        Assert.Equal(9, extracted.Files);
        Assert.Equal(4, extracted.SymbolicLinks);
        Assert.Equal(["source"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Extract_WhatWasPacked_ByTarItself_IsTheSameTree()
    {
        Tools.Require("tar");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        Directory.CreateDirectory(folder["out"]);
        await Tools.RunAsync("tar xp -C \"$1\"", Trees.Pack(folder["source"]), folder["out"]);
        Assert.Equal(SampleTree.Describe(folder["source"]), SampleTree.Describe(folder["out/source"]));
    }

    [Theory]
    [InlineData("gnu", false)]
    [InlineData("pax", true)]
    [InlineData("posix", true)]
    public async Task Extract_WhatTarPacks_IsTheSameTree(string format, bool hasFractions)
    {
        Tools.Require("tar");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        if (format != "gnu")
        {
            RemoveLineBreaks(folder["source"]);
        }

        Trees.Extract(await Tools.RunAsync("tar c --format=$1 -C \"$2\" source", null, format, folder.Path), folder["out"]);
        Assert.Equal(Lines("source"), Lines("out/source"));

        // The older format keeps whole seconds only.
        string[] Lines(string root) =>
            hasFractions
                ? SampleTree.Describe(folder[root])
                :
                [
                    .. SampleTree
                        .Describe(folder[root])
                        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"(T\d\d:\d\d:\d\d)\.\d+", "$1")),
                ];
    }

    [Fact]
    public async Task Extract_WhatTarPacksFromWithin_LandsInTheFolder()
    {
        Tools.Require("tar");
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        RemoveLineBreaks(folder["source"]);
        File.Delete(folder["source/dangling"]);
        var extracted = Trees.Extract(await Tools.RunAsync("tar c --format=pax -C \"$1\" .", null, folder["source"]), folder["out"]);
        Assert.Equal(SampleTree.Describe(folder["source"])[1..], SampleTree.Describe(folder["out"])[1..]);
        Assert.Contains(folder["out/a.txt"], extracted.Paths);
    }

    [Fact]
    public void WriteTo_SameTree_IsTheSameBytesWithoutOwnersAndProcess()
    {
        using var folder = new TemporaryFolder();
        SampleTree.Make(folder["source"]);
        var archive = Trees.Pack(folder["source"]);
        Assert.Equal(archive, Trees.Pack(folder["source"]));
        Assert.True(archive.Length <= SourceTree.List(folder["source"]).ArchiveLengthBound);
        var text = Encoding.Latin1.GetString(archive);
        Assert.Contains("././@PaxHeader", text);
        Assert.DoesNotContain($"PaxHeaders.{Environment.ProcessId}", text);
        using var reader = new TarReader(new MemoryStream(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.Equal((0, 0, "", ""), (entry.Uid, entry.Gid, ((PosixTarEntry)entry).UserName, ((PosixTarEntry)entry).GroupName));
        }
    }

    [Fact]
    public async Task List_OneFile_IsThatFile()
    {
        Tools.Require("tar");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["note.txt"], "text");
        Assert.Equal("note.txt\n", Encoding.ASCII.GetString(await Tools.RunAsync("tar t", Trees.Pack(folder["note.txt"]))));
        Trees.Extract(Trees.Pack(folder["note.txt"]), folder["out"]);
        Assert.Equal("text", File.ReadAllText(folder["out/note.txt"]));
    }

    [Fact]
    public void List_LinkThatIsNamed_IsFollowedUnderItsOwnName()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["note.txt"], "text");
        File.CreateSymbolicLink(folder["name"], folder["note.txt"]);
        Trees.Extract(Trees.Pack(folder["name"]), folder["out"]);
        Assert.Equal("text", File.ReadAllText(folder["out/name"]));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/../../../outside")]
    [InlineData("folder/../..")]
    [InlineData("self/..")]
    [InlineData("self/../source/..")]
    public void List_LinkThatLeadsOut_IsRefused(string target)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["source/folder"]);
        File.CreateSymbolicLink(folder["source/self"], ".");
        File.CreateSymbolicLink(folder["source/link"], target);
        var refusal = Assert.Throws<ArchiveException>(() => SourceTree.List(folder["source"]));
        Assert.Equal(ArchiveFault.Unsafe, refusal.Fault);
        Assert.Equal("source/link", refusal.Name);
    }

    [Fact]
    public async Task List_PipeSocketOrDevice_IsRefusedAndNotOpened()
    {
        Tools.Require("mkfifo");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["source"]);
        await Tools.RunAsync("mkfifo \"$1\"", null, folder["source/pipe"]);
        var refusal = Assert.Throws<ArchiveException>(() => SourceTree.List(folder["source"]));
        Assert.Equal(ArchiveFault.Source, refusal.Fault);
        Assert.Contains("pipe", refusal.Message);
    }

    [Fact]
    public void List_NothingThere_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ArchiveFault.Source, Assert.Throws<ArchiveException>(() => SourceTree.List(folder["missing"])).Fault);
        Assert.Equal(ArchiveFault.Source, Assert.Throws<ArchiveException>(() => SourceTree.List("/")).Fault);
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("longer")]
    [InlineData("newer")]
    [InlineData("gone")]
    public void WriteTo_FileThatChangedMeanwhile_IsRefused(string change)
    {
        using var folder = new TemporaryFolder();
        var path = folder["file"];
        File.WriteAllBytes(path, new byte[1000]);
        var tree = SourceTree.List(path);
        var time = File.GetLastWriteTimeUtc(path);
        switch (change)
        {
            case "shorter":
                File.WriteAllBytes(path, new byte[999]);
                File.SetLastWriteTimeUtc(path, time);
                break;
            case "longer":
                File.WriteAllBytes(path, new byte[1001]);
                File.SetLastWriteTimeUtc(path, time);
                break;
            case "newer":
                File.SetLastWriteTimeUtc(path, time.AddTicks(1));
                break;
            default:
                File.Delete(path);
                break;
        }

        var refusal = Assert.Throws<ArchiveException>(() =>
            tree.WriteTo(Stream.Null, cancellationToken: TestContext.Current.CancellationToken)
        );
        Assert.Equal(ArchiveFault.Source, refusal.Fault);
        Assert.Equal(path, refusal.Name);
    }

    [Fact]
    public void WriteTo_Cancelled_Ends()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "text");
        Assert.Throws<OperationCanceledException>(() =>
            SourceTree.List(folder["file"]).WriteTo(Stream.Null, cancellationToken: new CancellationToken(canceled: true))
        );
    }

    // The framework's reader takes no pax attribute with a line break in it, and tar writes long names so.
    private static void RemoveLineBreaks(string root)
    {
        var time = Directory.GetLastWriteTimeUtc(root);
        Array.ForEach(Directory.GetFiles(root, "line\n*"), File.Delete);
        Directory.SetLastWriteTimeUtc(root, time);
    }
}
