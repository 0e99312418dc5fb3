using System.Security.Cryptography;
using System.Text;
using FairShare.Local.Hosting;

namespace FairShare.Local.Deployment;

/// <summary>Octets that follow from a token: a hash of the token and a counter. Not for keys; for ids that have to come out the same again.</summary>
internal sealed class TokenRandomSource(string token) : IRandomSource
{
    private int counter;

    public void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var block = SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\n{counter++}"));
            var taken = Math.Min(block.Length, destination.Length);
            block.AsSpan(0, taken).CopyTo(destination);
            destination = destination[taken..];
        }
    }
}
