using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Tells which party lets itself be looked up by an address. An address of nobody's and one of a party that does not allow it take the same
/// way to the same answer.
/// </summary>
internal sealed class LookUpParty(FunctionServices services) : IRouteHandler<None, LookupRequest, LookupAnswer>
{
    public async Task<Answer<LookupAnswer>> HandleAsync(ApiCall<None, LookupRequest> call, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(call.Request.Email);
        await services.LimitsOf(call).CountLookupAsync(cancellationToken);
        return await services.Lookups.FindAsync(address, cancellationToken) is { } party
            ? new LookupAnswer(party.ToString())
            : throw PartyProblems.PartyNotFound.With("No party that lets itself be looked up has this address.");
    }
}
