using Amazon.DynamoDBv2.Model;

namespace FairShare.Aws.Table;

/// <summary>Which sort keys a query reads, both ends included; null leaves an end open.</summary>
internal sealed record SortKeyRange(string? NotAfter, string? NotBefore)
{
    /// <summary>Whether no key is in it: its ends are crossed, which DynamoDB does not take.</summary>
    public bool IsEmpty => NotAfter is not null && NotBefore is not null && string.CompareOrdinal(NotBefore, NotAfter) > 0;

    /// <summary>What it adds to the key condition, whose <c>#sort</c> is the sort key.</summary>
    public string Condition =>
        (NotAfter, NotBefore) switch
        {
            (null, null) => "",
            (not null, null) => " AND #sort <= :notAfter",
            (null, not null) => " AND #sort >= :notBefore",
            _ => " AND #sort BETWEEN :notBefore AND :notAfter",
        };

    /// <summary>Adds the name and the values of the condition to a query.</summary>
    public void AddTo(QueryRequest request, string sortKey)
    {
        if (Condition.Length == 0)
        {
            return;
        }

        request.ExpressionAttributeNames["#sort"] = sortKey;
        Add(":notAfter", NotAfter);
        Add(":notBefore", NotBefore);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.ExpressionAttributeValues[name] = new AttributeValue(value);
            }
        }
    }
}
