using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// An error that SES answered with; its code is in <see cref="AmazonServiceException.ErrorCode"/>. Follows the API page of
/// <c>Amazon.SimpleEmailV2.AmazonSimpleEmailServiceV2Exception</c>.
/// </summary>
public class AmazonSimpleEmailServiceV2Exception(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
