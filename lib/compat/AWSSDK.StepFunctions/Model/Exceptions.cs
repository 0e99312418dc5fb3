using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>An execution of this name exists with another input. Follows the API page of <c>ExecutionAlreadyExistsException</c>.</summary>
public class ExecutionAlreadyExistsException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The task of this token has ended. Follows the API page of <c>TaskTimedOutException</c>.</summary>
public class TaskTimedOutException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>No task has this token. Follows the API page of <c>TaskDoesNotExistException</c>.</summary>
public class TaskDoesNotExistException(
    string message,
    Exception? innerException,
    ErrorType errorType,
    string errorCode,
    string requestId,
    HttpStatusCode statusCode
) : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);
