namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Runs once before the first invocation. Follows the API page of <c>Amazon.Lambda.RuntimeSupport.LambdaBootstrapInitializer</c>.
/// </summary>
/// <returns>False when the function must not start.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
