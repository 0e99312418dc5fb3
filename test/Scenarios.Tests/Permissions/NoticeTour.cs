using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using FairShare.Host;
using FairShare.Scenarios.Tests.Notices;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Everything that notices do: an address that is confirmed, a mail that ends them, and an end.</summary>
internal static class NoticeTour
{
    private const string Address = "tour@mail.example.com";

    public static async Task RunAsync(TestHost host)
    {
        await NoticesStack.DeployAsync(host.Embedded, NoticeWorld.Template);
        using var erin = await TestParty.JoinAsync(host, "erin");
        using var frank = await TestParty.JoinAsync(host, "frank");
        (await erin.GetAsync("/notices")).Require(200);
        await ConfirmAsync(host, erin, Address);
        (await erin.DeleteAsync("/notices")).Require(200);
        await ConfirmAsync(host, frank, "other-" + Address);
        var document = await TestDocument.DepositAsync(erin, frank);
        var mail = await MailAsync(host, "other-" + Address, 1);
        await ComeAgainAsync(host, frank, document);
        var url = mail.Headers.Single(header => header.Name == "List-Unsubscribe").Value.Trim('<', '>');
        using var answer = await host.Http.PostAsync(url, null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The message of a document that waits comes a second time, as those of a queue may.</summary>
    private static async Task ComeAgainAsync(TestHost host, TestParty reader, TestDocument document)
    {
        using var queues = new AmazonSQSClient(host.Owner(), host.Configure(new AmazonSQSConfig()));
        var urls = (await queues.ListQueuesAsync(new ListQueuesRequest())).QueueUrls;
        var message = new JsonObject
        {
            ["protocolStep"] = "document",
            ["userId"] = $"{reader.Id}",
            ["message"] = new JsonObject { ["fileId"] = $"{document.Id}" },
        };
        await queues.SendMessageAsync(urls.Single(IsOfNotices), message.ToJsonString());
    }

    private static bool IsOfNotices(string url) =>
        url.Contains("NoticesQueue", StringComparison.Ordinal) && !url.Contains("DeadLetters", StringComparison.Ordinal);

    private static async Task ConfirmAsync(TestHost host, TestParty party, string address)
    {
        (await NoticeWorld.SetAsync(party, address, "documents")).Require(200);
        var code = NoticeWorld.CodeIn(await MailAsync(host, address, 0));
        (await party.PostAsync("/notices/confirmation", new JsonObject { ["code"] = code })).Require(200);
    }

    private static async Task<TemplateHost.Kernel.MailMessage> MailAsync(TestHost host, string address, int number)
    {
        while (host.Embedded.Mailbox.For(address).Count <= number)
        {
            await Task.Delay(20);
        }

        return host.Embedded.Mailbox.For(address)[number];
    }
}
