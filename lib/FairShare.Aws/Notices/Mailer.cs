using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Sends mails, through SES.</summary>
/// <param name="client">The SES client, with the function's own role.</param>
/// <param name="from">The address that SES may send from.</param>
public sealed class Mailer(IAmazonSimpleEmailServiceV2 client, string from)
{
    private const string Unicode = "UTF-8";

    /// <summary>Sends a mail. A repeat sends it again.</summary>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="text">Its body, plain text.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="AmazonSimpleEmailServiceV2Exception">SES did not take it.</exception>
    public Task SendAsync(
        EmailAddress to,
        string subject,
        string text,
        IEnumerable<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    ) =>
        client.SendEmailAsync(
            new SendEmailRequest
            {
                FromEmailAddress = from,
                Destination = new Destination { ToAddresses = [to.ToString()] },
                Content = new EmailContent
                {
                    Simple = new Message
                    {
                        Subject = new Content { Data = subject, Charset = Unicode },
                        Body = new Body
                        {
                            Text = new Content { Data = text, Charset = Unicode },
                        },
                        Headers = [.. headers.Select(header => new MessageHeader { Name = header.Name, Value = header.Value })],
                    },
                },
            },
            cancellationToken
        );
}
