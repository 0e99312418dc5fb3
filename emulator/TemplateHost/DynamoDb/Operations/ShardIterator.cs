using System.Globalization;
using System.Text;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Where a reader of a stream stands; good for fifteen minutes.</summary>
internal sealed record ShardIterator(string StreamArn, long Sequence, DateTimeOffset IssuedAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public string Text =>
        $"{StreamArn}|1|{Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Sequence}|{IssuedAt.ToUnixTimeMilliseconds()}")))}";

    /// <exception cref="AwsException">ValidationException: no iterator; ExpiredIteratorException.</exception>
    public static ShardIterator Parse(string text, DateTimeOffset now)
    {
        var parts = text.Split('|');
        var buffer = new byte[64];
        if (parts.Length != 3 || !Convert.TryFromBase64String(parts[2], buffer, out var written))
        {
            throw new AwsException("ValidationException", "Invalid ShardIterator");
        }

        var numbers = Encoding.UTF8.GetString(buffer, 0, written).Split('|');
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(numbers[1], CultureInfo.InvariantCulture));
        return now - issued <= Lifetime
            ? new ShardIterator(parts[0], long.Parse(numbers[0], CultureInfo.InvariantCulture), issued)
            : throw new AwsException("ExpiredIteratorException", "The shard iterator has expired.");
    }
}
