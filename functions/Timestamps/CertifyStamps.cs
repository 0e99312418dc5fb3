using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Timestamps.Certificates;

namespace FairShare.Functions.Timestamps;

/// <summary>
/// For the operator, who alone may invoke it: asked for nothing it gives the request for a certificate of the key that stamps; given a
/// chain, it keeps that for the stamps to come, if it is one.
/// </summary>
internal sealed class CertifyStamps(FunctionServices services) : IFunction
{
    private readonly StampingKey key = new(services);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var input = await JsonSerializer.DeserializeAsync(payload, StampChainJson.Default.StampChainOrder);
        var answer = input?.Chain is { } chain ? await InstallAsync(chain) : new StampChainAnswer { Request = await RequestAsync() };
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(answer, StampChainJson.Default.StampChainAnswer));
    }

    private async Task<string> RequestAsync()
    {
        var known = await key.ReadPublicKeyAsync(CancellationToken.None);
        var request = await CertificateRequestWriter.WriteAsync(key.Name, known, key.SignerOf(known));
        return PemEncoding.WriteString("CERTIFICATE REQUEST", request) + "\n";
    }

    private async Task<StampChainAnswer> InstallAsync(string pem)
    {
        var known = await key.ReadPublicKeyAsync(CancellationToken.None);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        try
        {
            var chain = StampChain.Parse(pem, known, now);
            await services.StampCertificates.TryKeepChainAsync(known.Thumbprint, chain.ToPem(), now, CancellationToken.None);
            return new StampChainAnswer { Installed = known.Thumbprint.ToString(), NotAfter = Timestamp.Format(chain.NotAfter) };
        }
        catch (ProtocolException refused)
        {
            return new StampChainAnswer { Refused = refused.Code, Detail = refused.Message };
        }
    }
}

/// <summary>What the operator asks for.</summary>
/// <param name="Chain">Certificates in PEM to install; null for the request for one.</param>
internal sealed record StampChainOrder(string? Chain = null);

/// <summary>What the operator gets: a request, or what was installed, or why not.</summary>
internal sealed record StampChainAnswer
{
    public string? Request { get; init; }

    public string? Installed { get; init; }

    public string? NotAfter { get; init; }

    public string? Refused { get; init; }

    public string? Detail { get; init; }
}

/// <summary>The JSON of both.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StampChainOrder))]
[JsonSerializable(typeof(StampChainAnswer))]
internal sealed partial class StampChainJson : JsonSerializerContext;
