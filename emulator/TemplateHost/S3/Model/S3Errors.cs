using TemplateHost.Kernel;

namespace TemplateHost.S3.Model;

/// <summary>S3's refusals, in its words.</summary>
internal static class S3Errors
{
    public static AwsException NoSuchBucket() => new("NoSuchBucket", "The specified bucket does not exist", 404);

    public static AwsException NoSuchKey() => new("NoSuchKey", "The specified key does not exist.", 404);

    public static AwsException NoSuchVersion() => new("NoSuchVersion", "The specified version does not exist.", 404);

    public static AwsException NoSuchUpload() =>
        new(
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
            404
        );

    public static AwsException InvalidPart() =>
        new(
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
                + "entity tag may not match the part's entity tag."
        );

    public static AwsException MalformedXml() =>
        new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    /// <param name="condition">The header whose condition does not hold.</param>
    public static AwsException PreconditionFailed(string condition) =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)
        {
            Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Condition"] = condition },
        };

    public static AwsException NotImplemented(string what) =>
        new(
            "NotImplemented",
            $"A header or parameter you provided implies functionality that is not implemented by the embedded host: {what}",
            501
        );

    public static AwsException MethodNotAllowed() =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
}
