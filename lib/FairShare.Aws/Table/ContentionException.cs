namespace FairShare.Aws.Table;

/// <summary>Another transaction held an item that this one needed; nothing has changed, and the same call may be repeated.</summary>
/// <param name="inner">What DynamoDB answered.</param>
public sealed class ContentionException(Exception inner) : Exception("Another transaction is changing the same items.", inner);
