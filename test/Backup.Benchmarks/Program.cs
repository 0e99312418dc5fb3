// What dispersed backup costs, beside the tools that do the same.
// dotnet run --project test/Backup.Benchmarks -c Release
//   encoding by each kernel beside ISA-L's, one thread, and the CPU time of a refresh
// dotnet run --project test/Backup.Benchmarks -c Release -- create [MEBIBYTES] [ROUNDS]
//   backup create onto five peers on this machine beside tar | zstd | age and five copies; 64 MiB and 3 rounds where nothing is stated
// What is not installed is left out, and said to be.
using System.Globalization;
using FairShare.Backup.Benchmarks;

if (args is ["create", .. var rest])
{
    CreateRows.Run(Number(rest, 0, 64), Number(rest, 1, 3));
    return;
}

EncodingRows.Run();
RefreshRow.Run();

static int Number(string[] texts, int place, int standard) =>
    texts.Length > place ? int.Parse(texts[place], CultureInfo.InvariantCulture) : standard;
