using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>Access control lists, as a bucket has them whose owner is enforced: the owner alone, and nothing to be changed.</summary>
internal sealed class AclOperations(HostContext context, BucketAccess access, ObjectFinder finder)
{
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";

    public AwsResponse GetOfBucket(S3Call call)
    {
        access.Demand(call, "GetBucketAcl", onKey: false);
        return Answer();
    }

    public AwsResponse GetOfObject(S3Call call)
    {
        finder.Find(call, "GetObjectAcl", "GetObjectVersionAcl");
        return Answer();
    }

    public AwsResponse PutOfBucket(S3Call call)
    {
        access.Demand(call, "PutBucketAcl", onKey: false);
        throw ObjectHeaders.AclsDisabled();
    }

    public AwsResponse PutOfObject(S3Call call)
    {
        finder.Find(call, "PutObjectAcl", "PutObjectVersionAcl");
        throw ObjectHeaders.AclsDisabled();
    }

    private AwsResponse Answer() =>
        S3Xml.Answer(
            "AccessControlPolicy",
            [
                new XElement("Owner", new XElement("ID", context.AccountId)),
                new XElement(
                    "AccessControlList",
                    new XElement(
                        "Grant",
                        new XElement(
                            "Grantee",
                            new XAttribute(XNamespace.Xmlns + "xsi", Schema),
                            new XAttribute(Schema + "type", "CanonicalUser"),
                            new XElement("ID", context.AccountId)
                        ),
                        new XElement("Permission", "FULL_CONTROL")
                    )
                ),
            ]
        );
}
