using FairShare.Backup.Curve;
using FairShare.Backup.Tests.Refresh;

namespace FairShare.Backup.Tests.Curve;

public class LogarithmProofTests
{
    private static readonly CurvePoint G = CurvePoint.Generator;

    private readonly SeededRandomness randomness = new(8);

    [Fact]
    public void Holds_OfItsPointsAndContext_IsTrueOfThoseAlone()
    {
        var (secret, other) = (Scalar.Random(randomness), Scalar.Random(randomness) * G);
        var (one, two) = (secret * G, secret * other);
        var proof = LogarithmProof.Prove(secret, [G, other], [1], randomness);
        Assert.True(LogarithmProof.Holds(proof, [G, other], [one, two], [1]));
        Assert.False(LogarithmProof.Holds(proof, [G, other], [one, two], [2]));
        Assert.False(LogarithmProof.Holds(proof, [G, other], [two, one], [1]));
        Assert.False(LogarithmProof.Holds(proof, [G, other], [one, one], [1]));
        Assert.False(LogarithmProof.Holds(proof, [G], [one], [1]));
        for (var place = 0; place < proof.Length; place++)
        {
            proof[place] ^= 1;
            Assert.False(LogarithmProof.Holds(proof, [G, other], [one, two], [1]));
            proof[place] ^= 1;
        }

        // Of two different numbers there is none; whoever knows both may make one for each point.
        var mixed = (secret + Scalar.Of(1)) * other;
        Assert.False(LogarithmProof.Holds(LogarithmProof.Prove(secret, [G, other], [1], randomness), [G, other], [one, mixed], [1]));
        Assert.False(LogarithmProof.Holds(proof.AsSpan(1), [G, other], [one, two], [1]));
        Assert.False(LogarithmProof.Holds([], [G], [one], [1]));
        Assert.False(LogarithmProof.Holds(new byte[LogarithmProof.Size], [G], [one], [1]));
    }
}
