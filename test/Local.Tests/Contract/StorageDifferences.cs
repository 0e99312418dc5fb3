namespace FairShare.Local.Tests.Contract;

/// <summary>Where moto's S3 and KMS answer otherwise.</summary>
internal static class StorageDifferences
{
    private const string KmsApi = "https://docs.aws.amazon.com/kms/latest/APIReference/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(nameof(KmsContract), [nameof(KmsContract.Signature_OfADigest_VerifiesAsOfTheMessage), nameof(KmsContract.Digest_OfTheWrongLength_IsRefused)], "KMS, `MessageType` DIGEST",
            "the digest itself is signed; 32 octets are demanded", "hashed once more; any length", "Sign", KmsApi + "API_Sign.html"),
    ];
}
