using System.Text;
using FairShare.Vault.Age;

namespace FairShare.Vault.Tests.Support;

/// <summary>Small age files with a known passphrase, and what can be done to them.</summary>
internal static class AgeFiles
{
    public const int WorkFactor = 2;
    public const string Passphrase = "pass phrase";

    public static byte[] Salt { get; } = Encoding.ASCII.GetBytes("sixteen bytes of");

    public static byte[] WrapKey { get; } = AgeScrypt.Derive(Encoding.UTF8.GetBytes(Passphrase), Salt, WorkFactor, AgeScrypt.WrapKeyLength);

    public static AgeEnvelope Envelope(int seed = 1) => AgeEnvelope.New(WrapKey, Salt, WorkFactor, new CountedRandomness(seed));

    /// <summary>Encrypts a payload that is written in steps.</summary>
    public static byte[] Write(byte[] payload, AgeEnvelope envelope, int step = int.MaxValue)
    {
        using var file = new MemoryStream();
        using var writer = new AgeWriter(file, envelope);
        for (var offset = 0; offset < payload.Length; offset += Math.Min(step, payload.Length - offset))
        {
            writer.Write(payload.AsSpan(offset, Math.Min(step, payload.Length - offset)));
        }

        writer.Complete();
        return file.ToArray();
    }

    public static byte[] Write(byte[] payload) => Write(payload, Envelope());

    public static byte[] Read(byte[] file)
    {
        using var reader = AgeReader.OpenWithKey(new MemoryStream(file), WrapKey, Salt, WorkFactor);
        var (released, refusal) = ReadAll(reader);
        return refusal is null ? released : throw refusal;
    }

    /// <summary>Everything that a reader gives out, and what it refuses in the end.</summary>
    public static (byte[] Released, AgeException? Refusal) ReadAll(AgeReader reader)
    {
        using var payload = new MemoryStream();
        try
        {
            reader.CopyTo(payload);
            return (payload.ToArray(), null);
        }
        catch (AgeException refusal)
        {
            return (payload.ToArray(), refusal);
        }
    }
}
