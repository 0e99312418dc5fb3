using System.Security.Cryptography;
using System.Text;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Histories;

/// <summary>Sums up every call of a history, so that two runs of it can be compared.</summary>
internal sealed class CallTrace(DateTimeOffset start) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Calls { get; private set; }

    public void Add(ServedCall call)
    {
        Calls++;
        // Tokens of the user pool are signed with a key that the platform makes.
        var digest = call.Service == "cognito-idp" ? "" : call.Digest;
        hash.AppendData(Encoding.UTF8.GetBytes($"{call.At - start:c} {call.Service} {call.Operation} {call.Outcome} {digest}\n"));
    }

    public string Digest() => Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

    public void Dispose() => hash.Dispose();
}
