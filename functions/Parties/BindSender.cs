using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Gives a party the nonce with which a queue sender binds itself to the party (message <c>bind</c>). A repeat gives another.
/// </summary>
internal sealed class BindSender(FunctionServices services) : IRouteHandler<None, None, NonceGrant>
{
    public async Task<Answer<NonceGrant>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var nonce = Nonce.New(services.Randomness);
        var due = services.Time.GetUtcNow() + IssueKeyNonce.Validity;
        await services.Senders.IssueNonceAsync(call.Party, nonce, due, cancellationToken);
        return new NonceGrant(nonce.ToString(), due);
    }
}
