using FairShare.Aws.Usage;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>The limits of who calls.</summary>
internal static class CallLimits
{
    /// <summary>The caller's limits, raised by its groups.</summary>
    public static PartyLimits LimitsOf(this FunctionServices services, ApiCall call) =>
        new(call.Party, UsageLimits.Default.Times(call.LimitFactor), services.Usage, services.Time);
}
