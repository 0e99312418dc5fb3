using System.Buffers.Binary;
using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>
/// Two numbers that one peer sends to another through somebody who must not read them: masks, and masked shares. Before the sealed text
/// stands a proof that its sender made the text's one-time key: who shows what is in a text shows no more than its sender knows, and nobody
/// can pass off another's text as his own to have it shown.
/// </summary>
/// <param name="Backup">The backup.</param>
/// <param name="Epoch">The epoch of the share that is given back.</param>
/// <param name="Lost">The index of the peer that is helped.</param>
public sealed record SealedNumbers(BackupId Backup, uint Epoch, int Lost)
{
    /// <summary>Seals numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="from">The index of the peer that sends them.</param>
    /// <param name="to">The index of the peer that they are for.</param>
    /// <param name="recipient">Its public key.</param>
    /// <param name="randomness">Where the one-time key comes from.</param>
    public byte[] Seal(SecretShare numbers, int from, int to, ReadOnlySpan<byte> recipient, IRandomness randomness)
    {
        var (once, context) = (Scalar.Random(randomness), ContextOf(from, to));
        var proof = LogarithmProof.Prove(once, [CurvePoint.Generator], context, randomness);
        return [.. proof, .. AgreementKey.Seal(recipient, [.. numbers.Value.ToBytes(), .. numbers.Blinding.ToBytes()], context, once)];
    }

    /// <summary>Opens numbers.</summary>
    /// <param name="text">What was sealed.</param>
    /// <param name="from">The index of the peer that sent them.</param>
    /// <param name="to">The index of the peer that they are for.</param>
    /// <param name="key">Its key.</param>
    /// <param name="index">The index that the numbers are the values at.</param>
    /// <returns>Null for what was not sealed for that.</returns>
    public SecretShare? TryOpen(ReadOnlySpan<byte> text, int from, int to, AgreementKey key, int index) =>
        SentPoint(text, from, to) is null ? null : Read(key.TryOpen(text[LogarithmProof.Size..], ContextOf(from, to)), index);

    /// <summary>Shows what a text is that does not open, or not to what it should.</summary>
    /// <param name="text">What was sealed.</param>
    /// <param name="from">The index of the peer that sent it.</param>
    /// <param name="to">The index of the peer that it is for.</param>
    /// <param name="key">Its key.</param>
    /// <param name="randomness">Where the proof's number comes from.</param>
    public RevealedText Reveal(ReadOnlySpan<byte> text, int from, int to, AgreementKey key, IRandomness randomness)
    {
        if (SentPoint(text, from, to) is not { } sent)
        {
            return new RevealedText(from, default, default);
        }

        var (shared, proof) = key.Reveal(sent, ContextOf(from, to), randomness);
        return new RevealedText(from, shared.ToBytes(), proof);
    }

    /// <summary>Whether a text is wrong, by what its recipient shows of it; else it is the recipient who says so falsely.</summary>
    /// <param name="text">What was sealed.</param>
    /// <param name="revealed">What the recipient shows.</param>
    /// <param name="to">The index of the recipient.</param>
    /// <param name="recipient">Its public key.</param>
    /// <param name="index">The index that the numbers are the values at.</param>
    /// <param name="holds">Whether numbers are what they should be.</param>
    public bool IsWrong(
        ReadOnlySpan<byte> text,
        RevealedText revealed,
        int to,
        ReadOnlySpan<byte> recipient,
        int index,
        Func<SecretShare, bool> holds
    )
    {
        if (SentPoint(text, revealed.From, to) is not { } sent)
        {
            return true;
        }

        var context = ContextOf(revealed.From, to);
        return CurvePoint.TryRead(recipient) is { } key
            && CurvePoint.TryRead(revealed.Shared.Span) is { } shared
            && LogarithmProof.Holds(revealed.Proof.Span, [CurvePoint.Generator, sent], [key, shared], context)
            && (
                Read(AgreementKey.TryOpen(text[LogarithmProof.Size..], context, recipient, shared), index) is not { } numbers
                || !holds(numbers)
            );
    }

    // The one-time key of a text whose sender has made it; null for any other text.
    private CurvePoint? SentPoint(ReadOnlySpan<byte> text, int from, int to) =>
        text.Length > LogarithmProof.Size
        && AgreementKey.SentPoint(text[LogarithmProof.Size..]) is { } sent
        && LogarithmProof.Holds(text[..LogarithmProof.Size], [CurvePoint.Generator], [sent], ContextOf(from, to))
            ? sent
            : null;

    private static SecretShare? Read(byte[]? octets, int index) =>
        octets is { Length: 2 * Scalar.Size }
        && Scalar.TryRead(octets.AsSpan(0, Scalar.Size)) is { } value
        && Scalar.TryRead(octets.AsSpan(Scalar.Size)) is { } blinding
            ? new SecretShare(index, value, blinding)
            : null;

    private byte[] ContextOf(int from, int to)
    {
        Span<byte> epoch = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(epoch, Epoch);
        return [.. "help "u8, .. Backup.ToBytes(), .. epoch, (byte)Lost, (byte)from, (byte)to];
    }
}
