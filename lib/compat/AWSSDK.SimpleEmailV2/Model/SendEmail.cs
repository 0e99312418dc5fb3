using Amazon.Runtime;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>Base of all requests to the service.</summary>
public class AmazonSimpleEmailServiceV2Request : AmazonWebServiceRequest;

/// <summary>Parameters of SendEmail. Follows the API page of <c>SendEmailRequest</c>.</summary>
public class SendEmailRequest : AmazonSimpleEmailServiceV2Request
{
    /// <summary>The sender's address, of an identity that is verified.</summary>
    public string? FromEmailAddress { get; set; }

    /// <summary>Whom it goes to.</summary>
    public Destination? Destination { get; set; }

    /// <summary>What it says.</summary>
    public EmailContent? Content { get; set; }
}

/// <summary>Answer of SendEmail. Follows the API page of <c>SendEmailResponse</c>.</summary>
public class SendEmailResponse : AmazonWebServiceResponse
{
    /// <summary>What SES calls the mail.</summary>
    public string? MessageId { get; set; }
}

/// <summary>Recipients. Follows the API page of <c>Destination</c>.</summary>
public class Destination
{
    /// <summary>The addresses of the line To.</summary>
    public List<string> ToAddresses { get; set; } = [];
}

/// <summary>A mail that SES makes of its parts. Follows the API page of <c>EmailContent</c>.</summary>
public class EmailContent
{
    /// <summary>The parts.</summary>
    public Message? Simple { get; set; }
}

/// <summary>The parts of a mail. Follows the API page of <c>Message</c>.</summary>
public class Message
{
    /// <summary>The subject.</summary>
    public Content? Subject { get; set; }

    /// <summary>The body.</summary>
    public Body? Body { get; set; }

    /// <summary>Further headers.</summary>
    public List<MessageHeader> Headers { get; set; } = [];
}

/// <summary>A body. Follows the API page of <c>Body</c>.</summary>
public class Body
{
    /// <summary>As plain text.</summary>
    public Content? Text { get; set; }
}

/// <summary>A text. Follows the API page of <c>Content</c>.</summary>
public class Content
{
    /// <summary>The text.</summary>
    public string? Data { get; set; }

    /// <summary>Its character set.</summary>
    public string? Charset { get; set; }
}

/// <summary>A header. Follows the API page of <c>MessageHeader</c>.</summary>
public class MessageHeader
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its value.</summary>
    public string? Value { get; set; }
}
