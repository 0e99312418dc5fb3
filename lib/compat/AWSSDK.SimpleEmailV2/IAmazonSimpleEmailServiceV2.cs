using Amazon.SimpleEmailV2.Model;

namespace Amazon.SimpleEmailV2;

/// <summary>The operations used here. Follows the API page of <c>Amazon.SimpleEmailV2.IAmazonSimpleEmailServiceV2</c>.</summary>
public interface IAmazonSimpleEmailServiceV2 : IDisposable
{
    /// <summary>Sends a mail.</summary>
    Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default);
}
