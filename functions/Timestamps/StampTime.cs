using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Functions.Timestamps;

/// <summary>
/// Stamps a hash for a party: the time-stamping authority of the protocol. It learns the hash and nothing else, and keeps nothing.
/// </summary>
internal sealed class StampTime(FunctionServices services) : IRouteHandler<None, RawContent, RawContent>
{
    private readonly StampingKey key = new(services);

    public async Task<Answer<RawContent>> HandleAsync(ApiCall<None, RawContent> call, CancellationToken cancellationToken)
    {
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        return new RawContent(
            await AnswerAsync(call.Request.Content, cancellationToken),
            "application/timestamp-reply",
            IsImmutable: false
        );
    }

    private async Task<byte[]> AnswerAsync(byte[] query, CancellationToken cancellationToken)
    {
        try
        {
            var request = TimestampRequest.Parse(query);
            var authority = await key.GetAuthorityAsync(cancellationToken);
            return await authority.AnswerAsync(request, services.Time.GetUtcNow(), NewSerial(services.Randomness));
        }
        catch (TimestampRequestException refused)
        {
            return TimestampAuthority.Refuse(refused.Failure, refused.Message);
        }
    }

    /// <summary>128 random bits.</summary>
    internal static byte[] NewSerial(IRandomness randomness)
    {
        var serial = new byte[16];
        randomness.Fill(serial);
        return serial;
    }
}
