using System.Net;
using Amazon.Runtime;

namespace Amazon.EventBridge;

/// <summary>
/// An error that EventBridge answered with; its code is in <see cref="AmazonServiceException.ErrorCode"/>. Follows the API page of
/// <c>Amazon.EventBridge.AmazonEventBridgeException</c>.
/// </summary>
public class AmazonEventBridgeException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
