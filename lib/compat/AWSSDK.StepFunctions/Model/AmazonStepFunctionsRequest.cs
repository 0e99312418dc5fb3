using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>Base of all requests to the service.</summary>
public class AmazonStepFunctionsRequest : AmazonWebServiceRequest;
