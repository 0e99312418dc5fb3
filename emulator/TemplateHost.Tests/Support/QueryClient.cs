using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using TemplateHost.Testing;

namespace TemplateHost.Tests.Support;

/// <summary>Calls services of the Query protocol by signed HTTP.</summary>
public sealed class QueryClient(HttpClient client, string endpoint, RequestSigner signer)
{
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["cloudformation"] = "2010-05-15",
        ["iam"] = "2010-05-08",
        ["sts"] = "2011-06-15",
    };

    public static QueryClient Of(TestHost host, string? role = null) => new(host.Client, host.Host.AwsUrl, host.SignerFor(role));

    /// <returns>The result element, without namespaces.</returns>
    /// <exception cref="QueryCallException">The service refused.</exception>
    public async Task<XElement> CallAsync(string service, string action, params (string Name, string Value)[] parameters)
    {
        using var response = await SendAsync(service, action, parameters);
        var root = Bare(XElement.Parse(await response.Content.ReadAsStringAsync()));
        return response.IsSuccessStatusCode
            ? root.Element($"{action}Result") ?? root
            : throw new QueryCallException(
                (int)response.StatusCode,
                root.Descendants("Code").First().Value,
                root.Descendants("Message").First().Value
            );
    }

    public async Task<HttpResponseMessage> SendAsync(string service, string action, params (string Name, string Value)[] parameters)
    {
        var form = parameters
            .Prepend(("Version", Versions.GetValueOrDefault(service, "2010-03-31")))
            .Prepend(("Action", action))
            .Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}");
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint + "/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('&', form))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        await signer.SignAsync(request, service);
        return await client.SendAsync(request);
    }

    private static XElement Bare(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(Bare) : element.Value);
}

/// <summary>A refusal of a Query service.</summary>
public sealed class QueryCallException(int status, string code, string message) : Exception($"{status} {code}: {message}")
{
    public int Status => status;

    public string Code => code;

    public string Reason => message;
}
