namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>
/// An HTTP API request, payload format 2.0; the members used here. Follows the API page of
/// <c>Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest</c>.
/// </summary>
public class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The route that matched, for example <c>POST /exchanges/{exchangeId}/receipt</c>.</summary>
    public string RouteKey { get; set; } = "";

    /// <summary>The path as the client sent it.</summary>
    public string RawPath { get; set; } = "";

    /// <summary>Header names in lower case; repeated headers joined by a comma.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>Query parameters; repeated ones joined by a comma.</summary>
    public IDictionary<string, string>? QueryStringParameters { get; set; }

    /// <summary>The route's path parameters.</summary>
    public IDictionary<string, string>? PathParameters { get; set; }

    /// <summary>What the authorizer and the gateway add.</summary>
    public ProxyRequestContext? RequestContext { get; set; }

    /// <summary>The body: text, or base64 when <see cref="IsBase64Encoded"/>.</summary>
    public string? Body { get; set; }

    /// <summary>Whether <see cref="Body"/> is base64.</summary>
    public bool IsBase64Encoded { get; set; }

    /// <summary>The request's context.</summary>
    public class ProxyRequestContext
    {
        /// <summary>What the authorizer found.</summary>
        public AuthorizerDescription? Authorizer { get; set; }

        /// <summary>The gateway's id of the request.</summary>
        public string? RequestId { get; set; }

        /// <summary>The authorizer's findings.</summary>
        public class AuthorizerDescription
        {
            /// <summary>Findings of a JWT authorizer.</summary>
            public JwtDescription? Jwt { get; set; }

            /// <summary>The verified token.</summary>
            public class JwtDescription
            {
                /// <summary>The token's claims as text.</summary>
                public IDictionary<string, string>? Claims { get; set; }
            }
        }
    }
}
