namespace FairShare.Vault.Benchmarks;

/// <summary>The commands <c>vault put</c> and <c>vault get</c> against a service on this machine, beside the tools, by turns.</summary>
internal sealed class TransferRows(string folder, LocalService service)
{
    private static readonly Command Write = new(
        "tar | zstd | age",
        "tar c file | zstd -q | age -R recipient -o tools.age",
        "tar",
        "zstd",
        "age"
    );

    private static readonly Command Read = new(
        "age | zstd | tar",
        "rm -rf out; mkdir out; age -d -i identity tools.age | zstd -dq | tar x -C out",
        "tar",
        "zstd",
        "age"
    );

    private string link = "";

    /// <summary>One round of all.</summary>
    public IEnumerable<(string Name, Measurement Took)> Round()
    {
        yield return ("vault put, with a password", Put("--password"));
        yield return ("vault get, with a password", Get());
        yield return ("vault put", Put());
        if (Write.Needs.All(Measurement.IsInstalled))
        {
            yield return (Write.Name, Measurement.Of(Write, folder));
        }

        yield return ("vault get", Get());
        if (Read.Needs.All(Measurement.IsInstalled))
        {
            yield return (Read.Name, Measurement.Of(Read, folder));
        }
    }

    private Measurement Put(params string[] options)
    {
        var (answer, took) = service.Measure(["put", Path.Combine(folder, "file"), .. options]);
        link = answer["link"]!.ToString();
        return took;
    }

    private Measurement Get()
    {
        var output = Path.Combine(folder, "fetched");
        var (_, took) = service.Measure("get", link, "--out", output);
        Directory.Delete(output, recursive: true);
        service.Measure("delete", "file");
        return took;
    }
}
