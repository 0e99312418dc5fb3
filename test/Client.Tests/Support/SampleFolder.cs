namespace FairShare.Client.Tests.Support;

/// <summary>A folder of many files, with links, modes and times of all kinds.</summary>
internal static class SampleFolder
{
    /// <summary>Makes the folder; every tenth file cannot be compressed.</summary>
    public static string Make(string root, int files, int averageLength)
    {
        var random = new Random(files);
        for (var number = 0; number < files; number++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, $"folder {number % 13}", $"{number % 7}")).FullName;
            var content = new byte[random.Next(2 * averageLength)];
            if (number % 10 == 0)
            {
                random.NextBytes(content);
            }

            var path = Path.Combine(folder, $"file-{number}-\u00e4\u4e2d.bin");
            File.WriteAllBytes(path, content);
            File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(number * 10_000_019L));
            FileModes.Set(path, (UnixFileMode)(0b100_000_000 | (number & 0b111_111)));
        }

        File.CreateSymbolicLink(Path.Combine(root, "link"), "folder 1/1");
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        Directory.CreateDirectory(Path.Combine(root, "links"));
        File.CreateSymbolicLink(Path.Combine(root, "links", "dangling"), "../nowhere");
        return root;
    }
}
