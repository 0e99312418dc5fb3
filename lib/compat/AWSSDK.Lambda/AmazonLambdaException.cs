using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>
/// An error that Lambda answered with; its code is in <see cref="AmazonServiceException.ErrorCode"/>. Follows the API page of
/// <c>Amazon.Lambda.AmazonLambdaException</c>.
/// </summary>
public class AmazonLambdaException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
