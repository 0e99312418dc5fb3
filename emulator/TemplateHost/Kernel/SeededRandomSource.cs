using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Kernel;

/// <summary>
/// Octets that follow from a seed: SHA-256 over seed and counter. For what must come out the same again, never for secrets.
/// </summary>
/// <param name="seed">Equal seeds give equal octets, on every machine.</param>
public sealed class SeededRandomSource(string seed) : IRandomSource
{
    private readonly Lock gate = new();
    private byte[] block = [];
    private int taken;
    private long counter;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        lock (gate)
        {
            for (var position = 0; position < destination.Length; position++)
            {
                if (taken == block.Length)
                {
                    (block, taken) = (SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{counter++}")), 0);
                }

                destination[position] = block[taken++];
            }
        }
    }
}
