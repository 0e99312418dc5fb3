using FairShare.Aws.Table;
using FairShare.Contracts.Log;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Log;

/// <summary>The calls about the log: who serves them, and with what rights.</summary>
internal static class LogModule
{
    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            LogRoutes.GetLogFile,
            services => new GetLogFile(services),
            Right.Items(Partitions.Log, "GetItem"),
            Right.Objects("GetObject") with
            {
                Store = DataStore.Log,
            },
            // Without it S3 answers 403, not 404, to what is not there.
            Right.Bucket("ListBucket") with
            {
                Store = DataStore.Log,
            }
        ),
    ];
}
