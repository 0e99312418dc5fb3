using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace FairShare.Aws.Webhooks;

/// <summary>Roles in accounts of partners, that the service assumes to send to their queues.</summary>
/// <param name="client">The STS client, with the function's own role.</param>
public sealed class PartnerRoles(IAmazonSecurityTokenService client)
{
    // The shortest that STS gives.
    private const int Seconds = 900;

    /// <summary>Assumes a role.</summary>
    /// <param name="role">Its ARN.</param>
    /// <param name="externalId">What its trust must ask for; null to name none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The role's credentials; null where it does not trust the service, or does not exist.</returns>
    public async Task<AWSCredentials?> TryAssumeAsync(string role, string? externalId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AssumeRoleRequest
            {
                RoleArn = role,
                RoleSessionName = "fairshare",
                ExternalId = externalId,
                DurationSeconds = Seconds,
            };
            return (await client.AssumeRoleAsync(request, cancellationToken)).Credentials;
        }
        catch (AmazonSecurityTokenServiceException refusal) when (refusal.ErrorCode is "AccessDenied" or "AccessDeniedException")
        {
            return null;
        }
    }
}
