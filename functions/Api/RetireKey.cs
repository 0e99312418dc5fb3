using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Api;

internal sealed record RetiredKeyAnswer(string Kid, DateTimeOffset RetiredAt);

/// <summary>Retires a key of the caller: it signs nothing more, and what it signed stays verifiable. A repeat answers with the first time.</summary>
internal sealed class RetireKey(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        await services.Keys.TryRetireAsync(call.Party, call.KeyId, Timestamp.Truncate(services.Time.GetUtcNow()), cancellationToken);
        var record = await services.Keys.FindAsync(call.Party, call.KeyId, cancellationToken);
        return record?.Key.RetiredAt is { } retiredAt
            ? ApiAnswer.Ok(new RetiredKeyAnswer(call.KeyId.ToString(), retiredAt), ApiJson.Default.RetiredKeyAnswer)
            : throw Problems.KeyNotFound.With("You have no key of this id.");
    }
}
