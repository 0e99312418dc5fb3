using System.Text.Json.Serialization;
using FairShare.Backup.Standing;
using FairShare.Contracts.Http;

namespace FairShare.Contracts.Standing;

/// <summary>
/// Calls to a coordinator of standing work. Nobody signs in: the orders are signed, and who knows the id of work may read and withdraw it.
/// </summary>
public static class StandingRoutes
{
    /// <summary>What the orders of 40 peers need.</summary>
    private const int LargeBody = 256 << 10;

    /// <summary>Hands work over. A repeat changes nothing.</summary>
    public static Route<StandingWorkId, StandingWork, StandingWorkView> HandOverWork { get; } =
        new(HttpMethod.Put, "/standing/{workId}")
        {
            IsPublic = true,
            BodyLimit = LargeBody,
            Problems =
            [
                StandingProblems.WorkDiffers,
                StandingProblems.NotServed,
                StandingProblems.InvalidWork,
                CommonProblems.InvalidEvidence,
            ],
        };

    /// <summary>What came of work.</summary>
    public static Route<StandingWorkId, None, StandingWorkView> GetStandingWork { get; } =
        new(HttpMethod.Get, "/standing/{workId}") { IsPublic = true, Problems = [StandingProblems.WorkNotFound] };

    /// <summary>Ends work: nothing is carried any more. A repeat changes nothing.</summary>
    public static Route<StandingWorkId, None, StandingWorkView> WithdrawWork { get; } =
        new(HttpMethod.Delete, "/standing/{workId}") { IsPublic = true, Problems = [StandingProblems.WorkNotFound] };
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(StandingWork))]
[JsonSerializable(typeof(StandingWorkView))]
internal sealed partial class StandingJson : JsonSerializerContext;
