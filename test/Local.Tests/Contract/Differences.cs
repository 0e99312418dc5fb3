namespace FairShare.Local.Tests.Contract;

/// <summary>All differences between moto and AWS's documentation that contracts meet. One that vanished fails its case.</summary>
internal static class Differences
{
    private const string DynamoDbApi = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/";
    private const string DynamoDbGuide = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/";
    private const string KmsApi = "https://docs.aws.amazon.com/kms/latest/APIReference/";
    private const string KmsGuide = "https://docs.aws.amazon.com/kms/latest/developerguide/";
    private const string S3Api = "https://docs.aws.amazon.com/AmazonS3/latest/API/";
    private const string S3Guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        .. MessagingDifferences.OfMoto,
        .. WorkflowDifferences.OfMoto,
        new(nameof(KmsContract), [nameof(KmsContract.Signature_OfADigest_VerifiesAsOfTheMessage), nameof(KmsContract.Digest_OfTheWrongLength_IsRefused)], "KMS, `MessageType` DIGEST",
            "the digest itself is signed; 32 octets are demanded", "hashed once more; any length", "Sign", KmsApi + "API_Sign.html"),
    ];

    public static Difference? Find(string contract, string name) => OfMoto.SingleOrDefault(row => row.Contract == contract && row.Cases.Contains(name));
}
