namespace TemplateHost.DynamoDb.Model;

/// <summary>How a table is billed, encrypted and classed.</summary>
/// <param name="Throughput">What was provisioned; null for a table that is billed by request.</param>
/// <param name="IsEncryptedByKms">Whether a key of KMS encrypts the table, and not one of DynamoDB's own.</param>
/// <param name="Class">STANDARD or STANDARD_INFREQUENT_ACCESS; null where none was named.</param>
internal sealed record TableSettings(Throughput? Throughput, bool IsEncryptedByKms, string? Class)
{
    public static TableSettings Default { get; } = new(null, IsEncryptedByKms: false, null);
}

/// <summary>Units a second.</summary>
internal sealed record Throughput(long Read, long Write);
