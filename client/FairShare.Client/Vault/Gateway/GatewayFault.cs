namespace FairShare.Client.Vault.Gateway;

/// <summary>What ends an operation, or a conversation.</summary>
/// <param name="details">What the client is told.</param>
/// <param name="endsConversation">Whether the connection is closed then: nobody knows what its next byte means.</param>
internal sealed class GatewayFault(string details, bool endsConversation) : Exception(details)
{
    public bool EndsConversation { get; } = endsConversation;
}
