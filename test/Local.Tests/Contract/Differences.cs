namespace FairShare.Local.Tests.Contract;

/// <summary>Where moto answers otherwise than the host, and the page of AWS's documentation that settles it; also a table in docs.</summary>
internal static class Differences
{
    private const string Kms = "https://docs.aws.amazon.com/kms/latest/APIReference/";
    private const string Integrity = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html";

    public static IReadOnlyDictionary<string, (string What, string Page)> OfMoto { get; } = new Dictionary<string, (string, string)>
    {
        [nameof(KmsContract.Signature_OfADigest_VerifiesAsOfTheMessage)] = ("it hashes a digest once more before it signs.", Kms + "API_Sign.html"),
        [nameof(KmsContract.Digest_OfTheWrongLength_IsRefused)] = ("it signs a digest of any length.", Kms + "API_Sign.html"),
        [nameof(KmsContract.Signature_OfAnotherMessage_IsAnError)] = ("Verify answers false in place of an error.", Kms + "API_Verify.html"),
        [nameof(KmsContract.Key_PendingDeletion_DoesNotSign)] =
            ("a key that waits for its deletion still signs.", "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"),
        [nameof(DynamoDbContract.Transaction_TokenOfAnotherRequest_IsRefused)] =
            ("client request tokens have no effect.", "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"),
        [nameof(DynamoDbContract.Number_OfTooManyDigits_IsRefused)] =
            ("numbers have no limit.", "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"),
        [nameof(S3Contract.Object_WithChecksum_ShowsIt)] = ("a checksum sent with the object is not kept.", Integrity),
        [nameof(S3Contract.Object_WithAnotherChecksum_IsRefused)] = ("checksums are not verified.", Integrity),
        [nameof(S3Contract.Multipart_WithChecksums_HasACompositeOne)] = ("an object in parts has no composite checksum.", Integrity),
        [nameof(S3Contract.PresignedUrl_ForAnotherKey_IsRefused)] =
            ("presigned URLs are not verified.", "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"),
    };
}
