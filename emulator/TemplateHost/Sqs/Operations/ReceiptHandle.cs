using System.Globalization;
using System.Text;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs.Operations;

/// <summary>Names one receipt of one message: which message, and which of its receives.</summary>
internal sealed record ReceiptHandle(long Sequence, string Receipt)
{
    /// <summary>When the message was received, in Unix milliseconds; null for a receive of an earlier version of the host.</summary>
    public long? ReceivedAt =>
        Receipt.Split('.') is [var time, _] && long.TryParse(time, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds
            : null;

    /// <summary>What a receive is named by.</summary>
    /// <param name="now">When it is.</param>
    /// <param name="random">Base64 that no other receive has.</param>
    /// <param name="isPollers">Whether the host itself receives, for a function.</param>
    public static string NewReceipt(DateTimeOffset now, string random, bool isPollers = false) =>
        $"{now.ToUnixTimeMilliseconds()}.{(isPollers ? PolledTable.Mark : "")}{random}";

    public static string Write(Message message) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{message.Sequence} {message.Receipt}"));

    public static ReceiptHandle Parse(string? handle)
    {
        var octets = new byte[handle?.Length ?? 0];
        if (
            handle is { Length: > 0 }
            && Convert.TryFromBase64String(handle, octets, out var length)
            && Encoding.UTF8.GetString(octets, 0, length).Split(' ') is [var sequence, var receipt]
            && long.TryParse(sequence, CultureInfo.InvariantCulture, out var number)
        )
        {
            return new ReceiptHandle(number, receipt);
        }

        throw new AwsException("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
    }
}
