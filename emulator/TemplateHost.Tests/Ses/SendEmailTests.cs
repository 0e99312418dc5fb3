using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Ses;

/// <summary>SendEmail, by https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html.</summary>
public sealed class SendEmailTests
{
    [Fact]
    public async Task SendEmail_OfPlainText_IsInTheMailboxAndHasNoHeaderOfAnother()
    {
        await using var host = await TestHost.StartAsync();

        var (status, answer) = await SendAsync(host, Mail("Greetings\r\nBcc: everybody@example.com"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(answer["MessageId"]);
        var mail = Assert.Single(host.Host.Mailbox.For("to@example.com"));
        Assert.Equal(("from@example.com", "Hello."), (mail.From, mail.Text));
        Assert.DoesNotContain("\nBcc:", mail.Write(), StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nHello.\r\n", mail.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendEmail_WithAMemberThatIsNotServed_IsRefusedByName()
    {
        await using var host = await TestHost.StartAsync();
        var mail = Mail("Greetings");
        mail["ConfigurationSetName"] = "x";

        var (status, answer) = await SendAsync(host, mail);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("does not serve ConfigurationSetName of SendEmail.", $"{answer["message"]}", StringComparison.Ordinal);
        Assert.Empty(host.Host.Mailbox.For("to@example.com"));
    }

    private static JsonObject Mail(string subject) =>
        new()
        {
            ["FromEmailAddress"] = "from@example.com",
            ["Destination"] = new JsonObject { ["ToAddresses"] = new JsonArray("to@example.com") },
            ["Content"] = new JsonObject
            {
                ["Simple"] = new JsonObject
                {
                    ["Subject"] = new JsonObject { ["Data"] = subject },
                    ["Body"] = new JsonObject { ["Text"] = new JsonObject { ["Data"] = "Hello." } },
                },
            },
        };

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(TestHost host, JsonObject mail)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/v2/email/outbound-emails")
        {
            Content = new StringContent(mail.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        await host.SignerFor(null).SignAsync(request, "ses");
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
