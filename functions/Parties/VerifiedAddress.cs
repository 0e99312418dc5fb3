using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>The address that the user pool has verified for a caller.</summary>
internal static class VerifiedAddress
{
    /// <summary>Asks the user pool for it.</summary>
    /// <exception cref="ProtocolException"><c>no-verified-address</c>; <c>busy</c>: the user pool does not answer.</exception>
    public static async Task<EmailAddress> RequireAddressAsync(
        this FunctionServices services,
        ApiCall call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var address = call.AccessToken is { } token
                ? await services.CallersAddress.FindAsync(call.Party, token, cancellationToken)
                : null;
            return address ?? throw PartyProblems.NoVerifiedAddress.With("Confirm your address with the user pool, and sign in again.");
        }
        catch (HttpRequestException)
        {
            throw CommonProblems.Busy.With("The user pool does not answer; repeat the request.");
        }
    }
}
