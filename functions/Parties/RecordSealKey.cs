using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Aws.Signing;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Parties;

/// <summary>
/// Records a key among the store's before anything is sealed with it. Who seals calls it, and cannot write the record itself: it records
/// only what KMS says is the seal's key. A repeat changes nothing; a key that was recorded stays so when another has taken its place, and
/// that it did is recorded before the new key seals.
/// </summary>
internal sealed class RecordSealKey(FunctionServices services) : IFunction
{
    private readonly SuccessionRecorder successions = new(services);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var input =
            await JsonSerializer.DeserializeAsync(payload, SealKeyJson.Default.SealKeyRecording)
            ?? throw new InvalidOperationException("The payload names no key.");
        await RecordAsync(KeyId.Parse(input.Kid), CancellationToken.None);
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(input, SealKeyJson.Default.SealKeyRecording));
    }

    private async Task RecordAsync(KeyId wanted, CancellationToken cancellationToken)
    {
        await successions.RecordAsync(cancellationToken);
        await RequireNotEndedAsync(wanted, cancellationToken);
        if (await services.StoreKeys.FindAsync(wanted, cancellationToken) is not null)
        {
            return;
        }

        var current = await services.Seal.ReadPublicKeyAsync(cancellationToken);
        if (current.Thumbprint != wanted)
        {
            // While a deployment is under way, one function may know the new key before the other.
            throw new InvalidOperationException($"The key {wanted} is not the seal's, which is {current.Thumbprint}.");
        }

        await services.StoreKeys.RecordAsync(current, Timestamp.Truncate(services.Time.GetUtcNow()), cancellationToken);
    }

    // What a key seals after another has followed it for a day is refused by every verifier: better that nothing is accepted. Who asks
    // seals until it asks again.
    private async Task RequireNotEndedAsync(KeyId wanted, CancellationToken cancellationToken)
    {
        if (
            await services.Successions.FindAsync(wanted, cancellationToken) is { } succession
            && succession.Ends <= services.Time.GetUtcNow() + Seal.Recheck
        )
        {
            throw new InvalidOperationException($"The key {wanted} was followed by {succession.Key}, and its time has ended.");
        }
    }
}
