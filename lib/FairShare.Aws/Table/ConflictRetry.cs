using Amazon.DynamoDBv2.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Table;

/// <summary>
/// Repeats a write that met another's transaction: DynamoDB refuses it at once, and changes nothing.
/// Up to six attempts with full jitter between them, under 10 ms after the first and doubling from there: at most 310 ms in all.
/// </summary>
/// <param name="time">The clock to wait by.</param>
/// <param name="randomness">Where the jitter comes from.</param>
public sealed class ConflictRetry(TimeProvider time, IRandomness randomness)
{
    private const int Attempts = 6;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);

    /// <summary>Writes until nobody else's transaction is in the way.</summary>
    /// <exception cref="ContentionException">It still was at the last attempt; nothing has changed, and a repeat may succeed.</exception>
    internal async Task WriteAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception conflict) when (IsConflict(conflict))
            {
                if (attempt == Attempts)
                {
                    throw new ContentionException(conflict);
                }
            }

            await Task.Delay(First * Math.Pow(2, attempt - 1) * Fraction(), time, cancellationToken);
        }
    }

    /// <summary>A transaction that also failed a condition would fail it again.</summary>
    private static bool IsConflict(Exception failure) =>
        failure switch
        {
            TransactionConflictException or TransactionInProgressException => true,
            TransactionCanceledException cancelled => cancelled.CancellationReasons.TrueForAll(reason =>
                reason.Code is "None" or "TransactionConflict"
            ),
            _ => false,
        };

    private double Fraction()
    {
        Span<byte> octets = stackalloc byte[2];
        randomness.Fill(octets);
        return BitConverter.ToUInt16(octets) / (double)ushort.MaxValue;
    }
}
