using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Host;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Testing;

/// <summary>The application deployed on an embedded host, reached without sockets.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly EvidenceOracle? oracle;

    private TestHost(EmbeddedHost embedded, HttpMessageHandler handler, TimeProvider time, IRandomness randomness, bool isJudged)
    {
        (Embedded, Time, Randomness) = (embedded, time, randomness);
        Http = new HttpClient(handler, disposeHandler: true) { Timeout = TimeSpan.FromMinutes(10) };
        oracle = isJudged ? new EvidenceOracle(this) : null;
    }

    public EmbeddedHost Embedded { get; }

    /// <summary>The host's clock, by which its parties go.</summary>
    public TimeProvider Time { get; }

    /// <summary>What its parties draw keys, ids and contents from.</summary>
    public IRandomness Randomness { get; }

    /// <summary>Reaches the API and the AWS endpoint of the host.</summary>
    public HttpClient Http { get; }

    /// <summary>
    /// A directory of published functions that all hosts run instead of the handlers of this build: <c>FAIRSHARE_FUNCTIONS</c>.
    /// </summary>
    public static string? PublishedFunctions => Environment.GetEnvironmentVariable("FAIRSHARE_FUNCTIONS");

    /// <summary>The template as it is deployed, but for webhooks, which lead to this machine too.</summary>
    public static string Template =>
        LoopbackCalls.AllowIn(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json")));

    /// <summary>How many ended exchanges the oracle has proven to both parties.</summary>
    public int ProvenExchanges => oracle?.Proven ?? 0;

    /// <summary>The store's distinguishing identifier.</summary>
    public PartyId Store { get; private set; }

    /// <param name="options">How to run the host.</param>
    /// <param name="template">What to deploy; by default the application as it is.</param>
    /// <param name="randomness">What the parties draw from.</param>
    /// <param name="isJudged">Whether the oracle judges after every call; off only where a test breaks the application on purpose.</param>
    /// <param name="wire">Stands between the clients and the host; by default nothing does.</param>
    /// <param name="functions">Makes the functions in the place of the handlers of this build; by default those.</param>
    public static async Task<TestHost> StartAsync(
        EmbeddedHostOptions? options = null,
        string? template = null,
        IRandomness? randomness = null,
        bool isJudged = true,
        Func<HttpMessageHandler, HttpMessageHandler>? wire = null,
        FunctionFactory? functions = null
    )
    {
        var chosen = (options ?? new EmbeddedHostOptions { Listen = false }) with
        {
            FunctionLog = (function, line) =>
            {
                options?.FunctionLog(function, line);
                Console.Error.WriteLine($"{function}: {line}");
            },
        };
        if (PublishedFunctions is { } directory)
        {
            chosen = chosen with { FunctionsDirectory = directory, Listen = true };
        }

        var embedded = functions is null
            ? await ServiceHost.StartAsync(chosen, template ?? Template)
            : await EmbeddedHost.StartAsync(
                chosen with
                {
                    StackName = ServiceHost.StackName,
                    FunctionFactory = functions,
                },
                template ?? Template
            );
        var host = new TestHost(
            embedded,
            wire is null ? embedded.CreateHandler() : wire(embedded.CreateHandler()),
            chosen.Time,
            randomness ?? new SystemRandomness(),
            isJudged
        );
        var description = await host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null);
        // A host whose grants a test has cut may not be able to say.
        host.Store = description.Status == 200 ? PartyId.Parse(description.Text("ttp")) : PartyId.Store("000000000000:dev");
        return host;
    }

    /// <summary>Makes a party known to the oracle.</summary>
    public void Know(TestParty party) => oracle?.Know(party);

    /// <summary>Calls the API; then the oracle judges the exchange that the call was about.</summary>
    /// <exception cref="FairnessViolationException">A promise is broken.</exception>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body, string? accessToken, string? idempotencyKey = null)
    {
        var answer = await CallAsync(method, path, body, accessToken, idempotencyKey);
        await (oracle?.AfterAsync(path, accessToken, answer) ?? Task.CompletedTask);
        return answer;
    }

    /// <summary>Calls the API, unjudged.</summary>
    public async Task<Answer> CallAsync(HttpMethod method, string path, JsonNode? body, string? accessToken, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(method, Embedded.ApiUrl + path);
        if (accessToken is not null)
        {
            request.Headers.Authorization = new("Bearer", accessToken);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return await SendAsync(request);
    }

    /// <summary>Calls the API with a request of any shape.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var answer = new Answer(
            (int)response.StatusCode,
            type,
            type.Contains("json", StringComparison.Ordinal) && text.Length > 0 ? JsonNode.Parse(text) : null
        );
        if (request.RequestUri!.OriginalString is var uri && uri.StartsWith(Embedded.ApiUrl, StringComparison.Ordinal))
        {
            RouteOracle.Check(request.Method, uri[Embedded.ApiUrl.Length..], answer);
        }

        return answer;
    }

    /// <summary>Makes the upload that step 2 presigned.</summary>
    /// <param name="upload">The answer's <c>upload</c>.</param>
    /// <param name="content">The bytes to send.</param>
    /// <param name="withHeaders">Whether to send the headers that were signed.</param>
    /// <param name="change">What else to do to the request.</param>
    public Task<HttpResponseMessage> UploadAsync(
        JsonNode upload,
        byte[] content,
        bool withHeaders = true,
        Action<HttpRequestMessage>? change = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Put, upload["url"]!.GetValue<string>()) { Content = new ByteArrayContent(content) };
        foreach (var (name, value) in upload["headers"]!.AsObject().Where(_ => withHeaders))
        {
            request.Headers.TryAddWithoutValidation(name, value!.GetValue<string>());
        }

        change?.Invoke(request);
        return Http.SendAsync(request);
    }

    /// <summary>Calls an operation of the user pool, as a client does, unsigned.</summary>
    public async Task<JsonNode> CognitoAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Embedded.AwsUrl + "/");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        request.Content = new StringContent(input.ToJsonString());
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        var answer = await SendAsync(request);
        return answer.Require(200).Body ?? new JsonObject();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (oracle?.SweepAsync() ?? Task.CompletedTask);
        }
        finally
        {
            oracle?.Dispose();
            Http.Dispose();
            await Embedded.DisposeAsync();
        }
    }
}
