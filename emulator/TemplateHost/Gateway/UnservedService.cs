using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>Answers for services that the host does not have: refused by name, in the protocol that the caller reads.</summary>
internal sealed class UnservedService(string signingName) : IAwsService
{
    public string SigningName => signingName;

    public Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var operation = OperationOf(request);
        var code = request.Protocol switch
        {
            WireProtocol.Query or WireProtocol.Ec2 => "InvalidAction",
            WireProtocol.RestXml => "NotImplemented",
            _ => "UnknownOperationException",
        };
        throw new AwsException(
            code,
            $"The service {signingName} is not served by the embedded host: {operation}.",
            code == "InvalidAction" ? 400 : 404
        );
    }

    public AwsResponse WriteError(AwsException error, AwsRequest request) =>
        request.Protocol switch
        {
            WireProtocol.Query or WireProtocol.RestXml => Xml(error, QueryXml.Error(error, request.RequestId)),
            WireProtocol.Ec2 => Xml(
                error,
                new XElement(
                    "Response",
                    new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
                    new XElement("RequestID", request.RequestId)
                )
            ),
            _ => Json(error),
        };

    private static string OperationOf(AwsRequest request)
    {
        if (request.Protocol is not (WireProtocol.Query or WireProtocol.Ec2))
        {
            return request.Header("X-Amz-Target")?.Split('.')[^1] ?? $"{request.Method} {request.RawPath}";
        }

        var form = QueryText.ParseForm(Encoding.UTF8.GetString(request.Octets.Span)).Concat(request.Query);
        return form.FirstOrDefault(pair => pair.Key == "Action").Value ?? "no Action";
    }

    private static AwsResponse Xml(AwsException error, XElement root)
    {
        var response = new AwsResponse
        {
            Status = error.Status,
            Body = Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)),
        };
        response.Headers["Content-Type"] = "text/xml";
        return response;
    }

    private static AwsResponse Json(AwsException error)
    {
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        var response = new AwsResponse { Status = error.Status, Body = JsonSerializer.SerializeToUtf8Bytes(body) };
        response.Headers["Content-Type"] = "application/json";
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return response;
    }
}
