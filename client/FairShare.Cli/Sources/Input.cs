using System.Globalization;
using System.Runtime.Versioning;
using FairShare.Cli.Output;
using FairShare.Vault.Packing;
using Microsoft.Win32.SafeHandles;

namespace FairShare.Cli.Sources;

/// <summary>What a command reads from: standard input, and files of any kind.</summary>
internal static class Input
{
    private const string OpenHere = "/proc/self/fd";

    /// <summary>Opens standard input.</summary>
    /// <exception cref="CommandException"><c>no-input</c>: it is closed.</exception>
    public static Stream OpenStandard()
    {
        using var descriptor = new SafeFileHandle(0, ownsHandle: false);
        RefuseEndless(descriptor, "Standard input");
        return Console.OpenStandardInput();
    }

    /// <summary>Opens a file, a pipe or a device.</summary>
    /// <exception cref="CommandException"><c>file-not-readable</c>; <c>no-input</c>: it is standard input, or another descriptor, and
    /// that is closed.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous);
            RefuseEndless(stream.SafeFileHandle, path);
            return stream;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "file-not-readable",
                fault.Message,
                "Nothing was sent. Give a file that you may read, and that no other program holds."
            );
        }
    }

    // The number of a descriptor that was closed when the program began is that of some pipe of the runtime now, to which nobody writes.
    private static void RefuseEndless(SafeFileHandle input, string name)
    {
        if (OperatingSystem.IsLinux() && IsOwnPipe(input))
        {
            throw new CommandException(
                ExitCode.Usage,
                "no-input",
                $"{name} is closed.",
                "Nothing was sent. Give a file, or what is to be read."
            );
        }
    }

    // This process itself could write to it, so that it never ends.
    [SupportedOSPlatform("linux")]
    private static bool IsOwnPipe(SafeFileHandle input)
    {
        try
        {
            var status = LinuxFileStatus.Read(input);
            return status.Type == LinuxFileStatus.TypePipe
                && Directory.EnumerateFiles(OpenHere).Select(Path.GetFileName).Any(number => Writes(number!, status));
        }
        catch (IOException)
        {
            // It is not open at all.
            return true;
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool Writes(string number, LinuxFileStatus pipe)
    {
        try
        {
            using var descriptor = new SafeFileHandle(int.Parse(number, CultureInfo.InvariantCulture), ownsHandle: false);
            return LinuxFileStatus.Read(descriptor) is var one
                && (one.Device, one.Inode) == (pipe.Device, pipe.Inode)
                && File.ReadLines($"/proc/self/fdinfo/{number}")
                    .Any(line => line.StartsWith("flags:", StringComparison.Ordinal) && line[^1] is '1' or '2');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Closed meanwhile.
            return false;
        }
    }
}
