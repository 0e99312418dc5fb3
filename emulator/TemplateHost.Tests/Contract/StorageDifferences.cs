using TemplateHost.Tests.Contract.S3;

namespace TemplateHost.Tests.Contract;

/// <summary>Where moto's S3 and KMS answer otherwise.</summary>
internal static class StorageDifferences
{
    private const string S3Api = "https://docs.aws.amazon.com/AmazonS3/latest/API/";
    private const string S3Guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/";
    private const string KmsGuide = "https://docs.aws.amazon.com/kms/latest/developerguide/";
    private const string KmsApi = "https://docs.aws.amazon.com/kms/latest/APIReference/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(
            nameof(ObjectContract),
            [
                nameof(ObjectContract.Checksums_OfEachAlgorithm_AreKeptAndShown),
                nameof(ObjectContract.Checksum_OfOtherOctets_IsRefusedAndKeepsNothing),
            ],
            "S3, checksums of a PUT",
            "verified, kept, shown",
            "neither verified nor all kept",
            "Checking object integrity",
            S3Guide + "checking-object-integrity.html"
        ),
        new(
            nameof(ObjectContract),
            [nameof(ObjectContract.PresignedUrl_OfAKey_ReadsThatKeyOnly)],
            "S3, a presigned URL with another key",
            "`SignatureDoesNotMatch`",
            "served",
            "Query string authentication",
            S3Api + "sigv4-query-string-auth.html"
        ),
        new(
            nameof(ObjectContract),
            [nameof(ObjectContract.Tags_PutReadAndDeleted_AreThoseOfTheObject)],
            "S3, two tags of one key",
            "`InvalidTag`",
            "accepted",
            "PutObjectTagging",
            S3Api + "API_PutObjectTagging.html"
        ),
        new(
            nameof(VersionContract),
            [nameof(VersionContract.DeleteMarker_HidesTheObjectUntilItGoes)],
            "S3, a delete marker asked for by its version",
            "`MethodNotAllowed`",
            "`NoSuchVersion`",
            "Working with delete markers",
            S3Guide + "DeleteMarker.html"
        ),
        new(
            nameof(VersionContract),
            [
                nameof(VersionContract.Governance_KeepsAVersionFromAllButTheBypass),
                nameof(VersionContract.Compliance_KeepsAVersionFromEverybody),
            ],
            "S3, shortening a retention",
            "`AccessDenied`; with the bypass, only of GOVERNANCE",
            "accepted",
            "Object Lock",
            S3Guide + "object-lock.html"
        ),
        new(
            nameof(VersionContract),
            [nameof(VersionContract.Lock_OfABucketWithout_IsRefused)],
            "S3, a retention in a bucket without Object Lock",
            "`InvalidRequest`",
            "an internal error",
            "GetObjectRetention",
            S3Api + "API_GetObjectRetention.html"
        ),
        new(
            nameof(MultipartContract),
            [nameof(MultipartContract.Checksums_OfParts_MakeACompositeOne)],
            "S3, checksum of a multipart object",
            "composite, `…-N`",
            "none",
            "Checking object integrity",
            S3Guide + "checking-object-integrity.html"
        ),
        new(
            nameof(MultipartContract),
            [nameof(MultipartContract.Upload_Aborted_IsGone)],
            "S3, a part of an aborted upload",
            "`NoSuchUpload`",
            "an internal error",
            "UploadPart",
            S3Api + "API_UploadPart.html"
        ),
        new(
            nameof(MultipartContract),
            [nameof(MultipartContract.Parts_NamedTwice_AreOutOfOrder)],
            "S3, a part named twice in a completion",
            "`InvalidPartOrder`",
            "accepted",
            "CompleteMultipartUpload",
            S3Api + "API_CompleteMultipartUpload.html"
        ),
        new(
            nameof(BucketContract),
            [nameof(BucketContract.Bucket_MadeAndDeleted_ComesAndGoes)],
            "S3, a bucket's name with capitals",
            "`InvalidBucketName`",
            "accepted",
            "Bucket naming rules",
            S3Guide + "bucketnamingrules.html"
        ),
        new(
            nameof(BucketContract),
            [nameof(BucketContract.Copy_ThatCannotBe_IsRefused)],
            "S3, `x-amz-copy-source-if-match`",
            "`PreconditionFailed`",
            "ignored",
            "CopyObject",
            S3Api + "API_CopyObject.html"
        ),
        new(
            nameof(BucketContract),
            [nameof(BucketContract.AccessLists_OfAnEnforcedOwner_AreReadAndNotChanged)],
            "S3, PutBucketAcl on a new bucket",
            "`AccessControlListNotSupported`",
            "accepted",
            "Controlling ownership",
            S3Guide + "about-object-ownership.html"
        ),
        new(
            nameof(KmsContract),
            [
                nameof(KmsContract.Ed25519_OfAMessage_IsOneSignatureThatVerifies),
                nameof(KmsContract.Ed25519_OfADigestOrAnotherAlgorithm_IsRefused),
            ],
            "KMS, `ECC_NIST_EDWARDS25519`",
            "signs with `ED25519_SHA_512`, messages only",
            "`ValidationException`",
            "Key spec reference",
            KmsGuide + "symm-asymm-choose-key-spec.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Signature_OfADigest_VerifiesAsOfTheMessage), nameof(KmsContract.Digest_OfTheWrongLength_IsRefused)],
            "KMS, `MessageType` DIGEST",
            "the digest itself is signed; 32 octets are demanded",
            "hashed once more; any length",
            "Sign",
            KmsApi + "API_Sign.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Signature_OfAnotherMessage_IsAnError)],
            "KMS, Verify of another message",
            "`KMSInvalidSignatureException`",
            "`SignatureValid: false`",
            "Verify",
            KmsApi + "API_Verify.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Message_OfMoreThan4096Octets_IsRefused)],
            "KMS, a message of more than 4096 octets",
            "`ValidationException`",
            "signed",
            "Sign",
            KmsApi + "API_Sign.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Algorithm_OfAnotherKind_IsInvalidKeyUsage)],
            "KMS, an algorithm of another kind of key",
            "`InvalidKeyUsageException`",
            "`ValidationException`",
            "Sign",
            KmsApi + "API_Sign.html"
        ),
        new(
            nameof(KmsContract),
            [
                nameof(KmsContract.Key_Disabled_DoesNotSignUntilEnabled),
                nameof(KmsContract.Key_PendingDeletion_DoesNotSign),
                nameof(KmsContract.Key_WhoseDeletionIsCancelled_IsDisabled),
            ],
            "KMS, a key that is disabled or waits for its deletion",
            "`DisabledException`, `KMSInvalidStateException`",
            "signs",
            "Key states",
            KmsGuide + "key-state.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Deletion_InLessThanSevenDays_IsRefused)],
            "KMS, a waiting period of less than seven days",
            "`ValidationException`",
            "accepted",
            "ScheduleKeyDeletion",
            KmsApi + "API_ScheduleKeyDeletion.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Alias_OfAWrongName_IsRefused)],
            "KMS, an alias under `alias/aws/`",
            "`NotAuthorizedException`",
            "accepted",
            "CreateAlias",
            KmsApi + "API_CreateAlias.html"
        ),
        new(
            nameof(KmsContract),
            [nameof(KmsContract.Aliases_ListedInPages_ComeOnceEach)],
            "KMS, `Limit` of ListAliases",
            "pages",
            "all aliases at once",
            "ListAliases",
            KmsApi + "API_ListAliases.html"
        ),
        new(
            nameof(MultipartContract),
            [nameof(MultipartContract.Uploads_ListedWithADelimiter_RollUpPageByPage)],
            "S3, `max-uploads` and `delimiter` of ListMultipartUploads",
            "pages with common prefixes",
            "all uploads at once",
            "ListMultipartUploads",
            S3Api + "API_ListMultipartUploads.html"
        ),
    ];
}
