using System.Security.Cryptography;
using FairShare.Core.Identifiers;
using TemplateHost.Testing;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>A P-256 key pair whose signatures follow from what is signed, so that a run repeats exactly.</summary>
internal sealed class RepeatablePair : ECDsa
{
    private readonly byte[] secret;
    private readonly ECDsa pair;

    public RepeatablePair(IRandomness randomness)
    {
        var octets = new byte[40];
        randomness.Fill(octets);
        secret = DeterministicKeys.SecretFrom(octets);
        pair = Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        KeySizeValue = pair.KeySize;
    }

    public override byte[] SignHash(byte[] hash) => DeterministicKeys.Sign(secret, hash);

    public override bool VerifyHash(byte[] hash, byte[] signature) => pair.VerifyHash(hash, signature);

    public override ECParameters ExportParameters(bool includePrivateParameters) => pair.ExportParameters(includePrivateParameters);

    protected override void Dispose(bool disposing)
    {
        pair.Dispose();
        base.Dispose(disposing);
    }
}
