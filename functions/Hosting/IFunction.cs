using Amazon.Lambda.Core;

namespace FairShare.Functions.Hosting;

/// <summary>What Lambda invokes: bytes in, bytes out.</summary>
internal interface IFunction
{
    Task<Stream> InvokeAsync(Stream payload, ILambdaContext context);
}
