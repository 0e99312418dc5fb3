using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>Cross-origin resource sharing of user pools: AWS lets pages of every origin read the answers of unsigned calls.</summary>
internal static class PoolPages
{
    private const string Exposed = "x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date";

    /// <summary>Answers what a browser asks before it sends a call.</summary>
    public static AwsResponse Preflight(AwsRequest request)
    {
        var response = new AwsResponse();
        response.Headers["Access-Control-Allow-Methods"] = "POST";
        response.Headers["Access-Control-Allow-Headers"] = request.Header("Access-Control-Request-Headers") ?? "";
        response.Headers["Access-Control-Max-Age"] = "172800";
        return response;
    }

    /// <summary>Adds what lets the page read an answer, where a page asks.</summary>
    public static AwsResponse Describe(AwsResponse response, AwsRequest request)
    {
        if (request.Header("Origin") is not null)
        {
            response.Headers["Access-Control-Allow-Origin"] = "*";
            response.Headers["Access-Control-Expose-Headers"] = Exposed;
        }

        return response;
    }
}
