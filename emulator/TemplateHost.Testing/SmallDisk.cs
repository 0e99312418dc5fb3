using System.Diagnostics;

namespace TemplateHost.Testing;

/// <summary>A file system of a few kilobytes or megabytes, in memory: what a full disk does can be seen on it.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("template-host-disk-");

    private SmallDisk() { }

    /// <summary>Where it is mounted.</summary>
    public string Folder => folder.FullName;

    /// <summary>Null where it cannot be mounted: elsewhere than on Linux, or without the right to.</summary>
    /// <param name="size">For example <c>700k</c> or <c>64m</c>.</param>
    public static SmallDisk? Mount(string size)
    {
        var disk = new SmallDisk();
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", disk.Folder))
        {
            return disk;
        }

        disk.folder.Delete();
        return null;
    }

    /// <summary>Gives it another size; what is on it stays.</summary>
    public void Resize(string size) => Run("mount", "-o", $"remount,size={size}", Folder);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        folder.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
