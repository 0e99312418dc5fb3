using FairShare.Contracts.Parties;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Parties;

/// <summary>Whether this deployment holds keys for parties.</summary>
internal static class HeldKeyAccess
{
    /// <exception cref="Core.Errors.ProtocolException"><c>held-keys-off</c>.</exception>
    public static void RequireHeldKeys(this FunctionServices services)
    {
        if (!services.Settings.HoldsKeys)
        {
            throw PartyProblems.HeldKeysOff.With("This deployment holds no keys for parties; register a key of your own.");
        }
    }
}
