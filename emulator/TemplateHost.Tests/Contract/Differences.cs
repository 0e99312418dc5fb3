using TemplateHost.Tests.Contract.DynamoDb;

namespace TemplateHost.Tests.Contract;

/// <summary>All differences between moto and AWS's documentation that contracts meet. One that vanished fails its case.</summary>
internal static class Differences
{
    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        .. AccountDifferences.OfMoto,
        .. DynamoDbDifferences.OfMoto,
        .. StorageDifferences.OfMoto,
        .. MessagingDifferences.OfMoto,
        .. WorkflowDifferences.OfMoto,
    ];

    public static Difference? Find(string contract, string name) =>
        OfMoto.SingleOrDefault(row => row.Contract == contract && row.Cases.Contains(name));
}
