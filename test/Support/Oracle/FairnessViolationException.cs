namespace FairShare.Testing.Oracle;

/// <summary>The store broke a promise: one side has what the other has not, or holds evidence that does not verify.</summary>
public sealed class FairnessViolationException(string message) : Exception(message);
