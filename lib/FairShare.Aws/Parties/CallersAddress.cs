using System.Net;
using System.Text;
using System.Text.Json;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Parties;

/// <summary>
/// The address that the user pool has verified for a caller. The pool is asked with the caller's own token (Amazon Cognito user pools API
/// reference, GetUser): that takes no right, and tells of nobody else.
/// </summary>
/// <param name="http">The connection.</param>
/// <param name="endpoint">Where the pool's API answers.</param>
public sealed class CallersAddress(HttpClient http, string endpoint)
{
    /// <summary>Asks for it.</summary>
    /// <param name="party">Who the caller is.</param>
    /// <param name="accessToken">The caller's access token.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Null when there is none, or the pool does not take the token any more.</returns>
    /// <exception cref="HttpRequestException">The pool does not answer, or fails.</exception>
    public async Task<EmailAddress?> FindAsync(PartyId party, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new GetUserRequest(accessToken), PoolJson.Default.GetUserRequest),
                Encoding.UTF8,
                "application/x-amz-json-1.1"
            ),
        };
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.GetUser");
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        var user = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), PoolJson.Default.PoolUser);
        var attributes = (user?.UserAttributes ?? []).ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        return
            attributes.GetValueOrDefault("sub") == party.ToString()
            && attributes.GetValueOrDefault("email_verified") == "true"
            && EmailAddress.TryParse(attributes.GetValueOrDefault("email"), out var address)
            ? address
            : null;
    }
}
