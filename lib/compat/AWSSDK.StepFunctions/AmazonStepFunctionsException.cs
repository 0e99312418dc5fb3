using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>
/// An error that Step Functions answered with; its code is in <see cref="AmazonServiceException.ErrorCode"/>. Follows the API page of
/// <c>Amazon.StepFunctions.AmazonStepFunctionsException</c>.
/// </summary>
public class AmazonStepFunctionsException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
