using FairShare.Core.Errors;

namespace FairShare.Backup.Orders;

/// <summary>
/// A peer does not follow an order: <c>order-expired</c>, <c>order-too-early</c>, <c>order-too-long</c>, <c>order-for-another-peer</c>,
/// <c>order-for-another-backup</c>, <c>order-for-another-action</c>, <c>order-content-differs</c>.
/// </summary>
/// <param name="code">The stable code.</param>
/// <param name="message">One sentence for people.</param>
public sealed class OrderException(string code, string message) : ProtocolException(code, message);
