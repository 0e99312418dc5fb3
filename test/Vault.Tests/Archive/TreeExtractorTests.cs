using System.Formats.Tar;
using FairShare.Vault.Archive;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Archive;

public sealed class TreeExtractorTests
{
    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/..")]
    [InlineData("..")]
    public void Extract_PathThatLeavesTheFolder_IsRefused(string name) =>
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().File("first").File(name).ToBytes());

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/b/../../..")]
    public void Extract_LinkThatLeadsOut_IsRefused(string target)
    {
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().SymbolicLink("link", target).ToBytes());
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().HardLink("link", target).ToBytes());
    }

    // Neither text leaves the folder; followed as the system follows them, they do.
    [Fact]
    public void Extract_LinksThatLeadOutTogether_AreRefused()
    {
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().SymbolicLink("t/s", ".").SymbolicLink("t/a/l", "../s/..").ToBytes());
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().SymbolicLink("t/a/l", "../s/..").SymbolicLink("t/s", ".").ToBytes());
        AssertRefused(
            ArchiveFault.Unsafe,
            new HostileArchive().SymbolicLink("t/a/b/up", "../..").SymbolicLink("t/l", "a/b/up/..").ToBytes()
        );
    }

    // What stands beside the tree is the recipient's: a link to it would lead a reader of the tree there.
    [Theory]
    [InlineData("t/link", "..")]
    [InlineData("t/link", "../.ssh/id_ed25519")]
    [InlineData("link", ".ssh/id_ed25519")]
    [InlineData("link", ".")]
    public void Extract_LinkToWhatStandsBeside_IsRefused(string name, string target) =>
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().File("u/file").SymbolicLink(name, target).ToBytes());

    [Fact]
    public void Extract_LinksThatGoUpAndStayInside_AreKept()
    {
        using var folder = new TemporaryFolder();
        var archive = new HostileArchive()
            .File("t/a/b/file", "text")
            .SymbolicLink("t/a/b/up", "../..")
            .SymbolicLink("t/around", "a/b/up/a/../a/b/./file")
            .SymbolicLink("t/round", "round")
            .SymbolicLink("u/other", "../t/a/b/file")
            .SymbolicLink("first", "t/around")
            .ToBytes();
        Trees.Extract(archive, folder["out"]);
        Assert.Equal("text", File.ReadAllText(folder["out/t/around"]));
        Assert.Equal("text", File.ReadAllText(folder["out/u/other"]));
        Assert.Equal("text", File.ReadAllText(folder["out/first"]));
        Assert.Equal("round", new FileInfo(folder["out/t/round"]).LinkTarget);
    }

    // Each link leads on to the next, thirty folders deeper: telling where they end costs more than any tree of people.
    [Fact]
    public void Extract_LinksThatTakeTooMuchWork_AreRefused()
    {
        var step = string.Concat(Enumerable.Repeat("a/", 30));
        using var archive = new HostileArchive();
        foreach (var depth in Enumerable.Range(0, 64))
        {
            archive.SymbolicLink($"t/{string.Concat(Enumerable.Repeat(step, depth))}l", step + "l");
        }

        AssertRefused(ArchiveFault.Unsafe, archive.ToBytes());
    }

    [Fact]
    public void Extract_FileBelowALink_IsRefusedAndNotWrittenThroughIt()
    {
        using var outside = new TemporaryFolder();
        AssertRefused(ArchiveFault.Collision, new HostileArchive().SymbolicLink("link", "a").Folder("a").File("link/file").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().SymbolicLink("link", outside.Path).File("link/file").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().SymbolicLink("link", outside.Path).File("link").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().SymbolicLink("link", outside.Path).Folder("link").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().SymbolicLink("link", "a").HardLink("link/x", "link").ToBytes());
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    [Fact]
    public void Extract_NamesThatCollide_AreRefused()
    {
        AssertRefused(ArchiveFault.Collision, new HostileArchive().File("a").File("a").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().File("a").File("./a").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().File("a").Folder("a").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().File("a").File("a/b").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().Folder("a").File("a").ToBytes());
        AssertRefused(ArchiveFault.Collision, new HostileArchive().Folder("a").SymbolicLink("a", "b").ToBytes());
    }

    [Theory]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public void Extract_DeviceOrPipe_IsRefusedByName(TarEntryType type) =>
        Assert.Contains(
            type.ToString(),
            AssertRefused(ArchiveFault.Unsafe, new HostileArchive().File("first").Add(type, "special").ToBytes()).Message
        );

    [Theory]
    [InlineData("--format=pax --sparse-version=0.0")]
    [InlineData("--format=pax --sparse-version=0.1")]
    [InlineData("--format=pax --sparse-version=1.0")]
    [InlineData("--format=gnu")]
    public async Task Extract_SparseFile_IsRefusedByName(string options)
    {
        Tools.Require("tar", "truncate");
        using var folder = new TemporaryFolder();
        var script = "cd \"$1\" && truncate -s 1M holes && printf end >> holes && tar -S $2 -c holes";
        var archive = await Tools.RunAsync(script, null, folder.Path, options);
        Assert.Contains("sparse file", AssertRefused(ArchiveFault.Unsafe, archive).Message);
    }

    [Fact]
    public void Extract_HardLinkToSomethingLaterOrToAFolder_IsRefused()
    {
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().HardLink("link", "file").File("file").ToBytes());
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().Folder("folder").HardLink("link", "folder").ToBytes());
    }

    [Fact]
    public void Extract_MoreEntriesThanTheLimit_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var archive = new HostileArchive().File("a/b/c").File("d").ToBytes();
        Assert.Equal(
            ArchiveFault.TooManyEntries,
            Assert.Throws<ArchiveException>(() => Trees.Extract(archive, folder["out"], maxEntries: 3)).Fault
        );
        Assert.False(Directory.Exists(folder["out"]));
        Trees.Extract(archive, folder["out"], maxEntries: 4);
    }

    [Fact]
    public void Extract_MillionFoldersInOnePath_AreRefused() =>
        AssertRefused(ArchiveFault.Unsafe, new HostileArchive().File(string.Concat(Enumerable.Repeat("a/", 400_000)) + "b").ToBytes());

    // The header states two gigabytes of names, and few bytes follow.
    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    public void Extract_NamesOfTwoGigabytes_AreRefusedAfterAMegabyte(char type)
    {
        using var folder = new TemporaryFolder();
        foreach (var length in (string[])["17777777000", "77777777777"])
        {
            using var source = new MemoryStream([.. HostileArchive.Header(type, length), .. new byte[4 << 20]]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(ArchiveFault.Malformed, Assert.Throws<ArchiveException>(() => Trees.Extract(source, folder["out"])).Fault);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * ArchiveLimits.MetadataLength);
            Assert.InRange(source.Position, 0, ArchiveLimits.MetadataLength);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
    }

    // A header would have a type where the name has an x, and a length of gigabytes where it has digits.
    [Fact]
    public void Extract_NameThatReadsLikeAHeader_IsExtracted()
    {
        using var folder = new TemporaryFolder();
        var name = string.Join('/', Enumerable.Repeat(new string('7', 140) + new string('x', 115), 8));

        Trees.Extract(new HostileArchive().File(name).ToBytes(), folder["out"]);

        Assert.Equal("content", File.ReadAllText(Path.Combine(folder["out"], name)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(1600)]
    [InlineData(2048)]
    [InlineData(2600)]
    public void Extract_Truncated_IsRefused(int length) =>
        AssertRefused(ArchiveFault.Malformed, new HostileArchive().File("file", new string('c', 2000)).ToBytes()[..length]);

    [Fact]
    public void Extract_NoArchive_IsRefused()
    {
        AssertRefused(ArchiveFault.Malformed, new CountedRandomness(1).Bytes(10_000));
        AssertRefused(ArchiveFault.Malformed, System.Text.Encoding.ASCII.GetBytes(new string('t', 5000)));
    }

    [Fact]
    public void Extract_SomethingAfterTheEnd_IsRefused()
    {
        var archive = new HostileArchive().File("file").ToBytes();
        AssertRefused(ArchiveFault.Malformed, [.. archive, .. new byte[10_000], 1]);
        using var folder = new TemporaryFolder();
        Trees.Extract([.. archive, .. new byte[10_000]], folder["out"]);
    }

    [Fact]
    public void Extract_NameThatIsTaken_IsRefusedAndNothingIsChanged()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out/b"]);
        File.WriteAllText(folder["out/b/kept"], "kept");
        File.CreateSymbolicLink(folder["out/d"], "nowhere");
        foreach (var name in (string[])["b", "b/kept", "d"])
        {
            var archive = new HostileArchive().File("a").File(name).File("c").ToBytes();
            Assert.Equal(ArchiveFault.TargetExists, Assert.Throws<ArchiveException>(() => Trees.Extract(archive, folder["out"])).Fault);
            Assert.Equal(["b", "d"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName).Order());
            Assert.Equal(["kept"], Directory.GetFileSystemEntries(folder["out/b"]).Select(Path.GetFileName));
        }
    }

    [Fact]
    public void Extract_FoldersWithoutWriting_AreRemovedWhereTheArchiveIsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes are those of Linux here.");
        using var folder = new TemporaryFolder();
        var archive = Trees.Pack(MakeLocked(folder["source"]));
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(folder["out/source"], "taken");
        Assert.Equal(ArchiveFault.TargetExists, Assert.Throws<ArchiveException>(() => Trees.Extract(archive, folder["out"])).Fault);
        Assert.Equal(["source"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Extract_SetUserIdBit_IsNotKept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes are those of Linux here.");
        using var folder = new TemporaryFolder();
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "program") { Mode = (UnixFileMode)0b111_101_101_101 });
        }

        Trees.Extract(archive.ToArray(), folder["out"]);
        Assert.Equal((UnixFileMode)0b001_101_101_101, File.GetUnixFileMode(folder["out/program"]));
    }

    [Fact]
    public void Extract_SourceThatFails_ThrowsWhatItThrewAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var archive = new HostileArchive().File("file", new string('c', 300_000)).ToBytes();
        foreach (var length in (int[])[0, 600, 100_000, archive.Length - 1])
        {
            var failing = new FailingStream(archive[..length]);
            var fault = Assert.Throws<IOException>(() => Trees.Extract(failing, folder["out"]));
            Assert.Equal(FailingStream.Message, fault.Message);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
    }

    // What a process that is killed at any of these moments leaves: one hidden folder that only its owner can enter.
    [Fact]
    public void Extract_BeforeTheEnd_NothingHasItsName()
    {
        using var folder = new TemporaryFolder();
        var archive = new HostileArchive().File("a/file", new string('c', 300_000)).File("b").SymbolicLink("l", "b").ToBytes();
        var reads = 0;
        var source = new ObservedStream(
            archive,
            () =>
            {
                var inside = Assert.Single(Directory.GetFileSystemEntries(folder["out"]));
                Assert.StartsWith(".fairshare-", Path.GetFileName(inside));
                Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(inside) == (UnixFileMode)0b111_000_000);
                reads++;
            }
        );
        Trees.Extract(source, folder["out"]);
        Assert.True(reads > 5);
        Assert.Equal(["a", "b", "l"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Extract_OnAFullDisk_IsRefusedAndLeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The small disk is one of Linux.");
        Tools.Require("mount");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["disk"]);
        Assert.SkipUnless(await CanMountAsync(folder["disk"]), "A small file system cannot be mounted here.");
        try
        {
            var archive = new HostileArchive().File("a/small").File("a/large", new string('c', 2 << 20)).ToBytes();
            Assert.Equal(ArchiveFault.NoSpace, Assert.Throws<ArchiveException>(() => Trees.Extract(archive, folder["disk"])).Fault);
            Assert.Empty(Directory.GetFileSystemEntries(folder["disk"]));
        }
        finally
        {
            await Tools.RunAsync("umount \"$1\"", null, folder["disk"]);
        }
    }

    private static async Task<bool> CanMountAsync(string path)
    {
        var output = await Tools.RunAsync("mount -t tmpfs -o size=1m vault-test \"$1\" 2>/dev/null && echo yes || echo no", null, path);
        return System.Text.Encoding.ASCII.GetString(output).Trim() == "yes";
    }

    private static string MakeLocked(string path)
    {
        Directory.CreateDirectory(Path.Combine(path, "inner"));
        File.WriteAllText(Path.Combine(path, "inner", "file"), "text");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(path, "inner"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    // Whatever is refused, the folder that it would have been extracted to does not appear.
    private static ArchiveException AssertRefused(ArchiveFault fault, byte[] archive)
    {
        using var folder = new TemporaryFolder();
        var refusal = Assert.Throws<ArchiveException>(() => Trees.Extract(archive, folder["new/out"]));
        Assert.Equal(fault, refusal.Fault);
        Assert.Equal(fault.Code(), refusal.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        return refusal;
    }
}
