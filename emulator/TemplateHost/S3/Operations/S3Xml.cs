using System.Text;
using System.Xml;
using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>S3's XML: answers in its namespace, requests in it or in none.</summary>
internal static class S3Xml
{
    /// <summary>4 MiB: a completion of 10,000 parts with all their checksums is 3.</summary>
    private const int LargestDocument = 4 << 20;

    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static AwsResponse Answer(string root, params IEnumerable<XElement?> children)
    {
        var document = new XElement(root, children);
        foreach (var element in document.DescendantsAndSelf())
        {
            element.Name = Space + element.Name.LocalName;
        }

        return Write(200, document);
    }

    public static AwsResponse Write(int status, XElement root)
    {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting);
        var response = new AwsResponse { Status = status, Body = Encoding.UTF8.GetBytes(text) };
        response.Headers["Content-Type"] = "application/xml";
        return response;
    }

    /// <exception cref="AwsException">MalformedXML.</exception>
    public static async Task<XElement> ReadAsync(AwsRequest request, CancellationToken cancellationToken) =>
        Parse(await ReadBodyAsync(request, cancellationToken));

    /// <exception cref="AwsException">MalformedXML.</exception>
    public static XElement Parse(byte[] document)
    {
        try
        {
            using var buffer = new MemoryStream(document);
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(buffer, settings);
            return XDocument.Load(reader).Root ?? throw S3Errors.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>A request's body, of an operation that takes a document and not an object.</summary>
    /// <exception cref="AwsException">MaxMessageLengthExceeded.</exception>
    public static async Task<byte[]> ReadBodyAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await BodyBuffer.ReadAsync(request.Body, request.ContentLength, LargestDocument, cancellationToken);
        }
        catch (AwsException tooLarge) when (tooLarge.Status == 413)
        {
            throw new AwsException("MaxMessageLengthExceeded", "Your request was too large.");
        }
    }

    public static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Elements().Where(child => child.Name.LocalName == name);

    public static string? Child(XElement parent, string name) => Children(parent, name).FirstOrDefault()?.Value;

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
