using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>Gives a party the nonce that its proof of possession must carry. A repeat gives another.</summary>
internal sealed class IssueKeyNonce(FunctionServices services) : IRouteHandler<None, None, NonceGrant>
{
    internal static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    public async Task<Answer<NonceGrant>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var nonce = Nonce.New(services.Randomness);
        var due = services.Time.GetUtcNow() + Validity;
        await services.Keys.IssueNonceAsync(call.Party, nonce, due, cancellationToken);
        return new NonceGrant(nonce.ToString(), due);
    }
}
